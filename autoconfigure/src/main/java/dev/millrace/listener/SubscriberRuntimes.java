package dev.millrace.listener;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The subscribers that have been put together.
 */
public final class SubscriberRuntimes {

	private final Map<String, SubscriberRuntime> runtimes = Collections.synchronizedMap(new LinkedHashMap<>());

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
	}

	/**
	 * Remove a subscriber.
	 * @param id the id
	 */
	public void remove(String id) {
		this.runtimes.remove(id);
	}

}
