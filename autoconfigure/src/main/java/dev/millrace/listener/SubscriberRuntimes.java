package dev.millrace.listener;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The subscribers that have been put together.
 */
public final class SubscriberRuntimes {

	private final Map<String, SubscriberRuntime> runtimes = Collections.synchronizedMap(new LinkedHashMap<>());

	private final List<Listener> listeners = new CopyOnWriteArrayList<>();

	/**
	 * Return a subscriber.
	 * @param id the id
	 * @return the subscriber
	 * @throws IllegalArgumentException when there is none with that id
	 */
	public SubscriberRuntime get(String id) {
		SubscriberRuntime runtime = this.runtimes.get(id);
		if (runtime == null) {
			throw new IllegalArgumentException(
					"There is no subscriber '" + id + "'; there are " + List.copyOf(this.runtimes.keySet()));
		}
		return runtime;
	}

	/**
	 * Return all subscribers.
	 * @return a snapshot, in the order of registration
	 */
	public Collection<SubscriberRuntime> runtimes() {
		synchronized (this.runtimes) {
			return List.copyOf(this.runtimes.values());
		}
	}

	/**
	 * Add a subscriber.
	 * @param runtime the subscriber
	 */
	public void add(SubscriberRuntime runtime) {
		this.runtimes.put(runtime.id(), runtime);
		this.listeners.forEach((listener) -> listener.added(runtime));
	}

	/**
	 * Tell somebody about subscribers from here on.
	 * @param listener is told, at once about those that are there
	 */
	public void listen(Listener listener) {
		this.listeners.add(listener);
		runtimes().forEach(listener::added);
	}

	/**
	 * Remove a subscriber.
	 * @param id the id
	 */
	public void remove(String id) {
		SubscriberRuntime removed = this.runtimes.remove(id);
		if (removed != null) {
			this.listeners.forEach((listener) -> listener.removed(removed));
		}
	}

	/**
	 * Told about subscribers, by any thread; about one perhaps more than once.
	 */
	public interface Listener {

		/**
		 * A subscriber was added.
		 * @param runtime the subscriber
		 */
		void added(SubscriberRuntime runtime);

		/**
		 * A subscriber was removed.
		 * @param runtime the subscriber
		 */
		void removed(SubscriberRuntime runtime);

	}

}
