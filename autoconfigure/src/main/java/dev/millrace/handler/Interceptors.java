package dev.millrace.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Interceptors of one kind: those for all subscribers, and those that subscribers name.
 * One bean may be of several kinds.
 *
 * @param <T> the kind
 */
public final class Interceptors<T> {

	private final Class<T> kind;

	private final List<T> forAll;

	private final Function<String, ?> named;

	/**
	 * Create the interceptors of an application.
	 * @param kind the kind
	 * @param forAll those for all subscribers, the outermost first
	 * @param named find interceptors of any kind by their names, or throw
	 */
	public Interceptors(Class<T> kind, List<T> forAll, Function<String, ?> named) {
		this.kind = kind;
		this.forAll = List.copyOf(forAll);
		this.named = named;
	}

	/**
	 * Return the interceptors of a subscriber.
	 * @param endpoint the subscriber
	 * @return the interceptors, the outermost first
	 */
	public List<T> of(SubscriberEndpoint endpoint) {
		List<T> all = new ArrayList<>(this.forAll);
		all.addAll(namedBy(endpoint));
		return all;
	}

	/**
	 * Return the interceptors that a subscriber and its routers name.
	 * @param endpoint the subscriber
	 * @return those of this kind, the outermost first
	 */
	List<T> namedBy(SubscriberEndpoint endpoint) {
		List<T> all = new ArrayList<>();
		for (String name : endpoint.collaborators().interceptors()) {
			Object interceptor = this.named.apply(name);
			if (this.kind.isInstance(interceptor)) {
				all.add(this.kind.cast(interceptor));
			}
		}
		return all;
	}

}
