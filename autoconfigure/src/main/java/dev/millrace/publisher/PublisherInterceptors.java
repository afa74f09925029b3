package dev.millrace.publisher;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.millrace.PublisherInterceptor;
import dev.millrace.endpoint.PublisherEndpoint;

/**
 * Interceptors around what one subscriber publishes.
 */
public final class PublisherInterceptors {

	/**
	 * No interceptors.
	 */
	public static final PublisherInterceptors NONE = new PublisherInterceptors(List.of(), (name) -> {
		throw new IllegalStateException("No interceptor has the name " + name);
	});

	private final List<PublisherInterceptor> ofSubscriber;

	private final Function<String, PublisherInterceptor> named;

	/**
	 * Create the interceptors of a subscriber.
	 * @param ofSubscriber those around everything that it publishes, the outermost first
	 * @param named find those that publishers name, or throw
	 */
	public PublisherInterceptors(List<PublisherInterceptor> ofSubscriber,
			Function<String, PublisherInterceptor> named) {
		this.ofSubscriber = List.copyOf(ofSubscriber);
		this.named = named;
	}

	/**
	 * Return those around everything that the subscriber publishes.
	 * @return the interceptors, the outermost first
	 */
	List<PublisherInterceptor> ofSubscriber() {
		return this.ofSubscriber;
	}

	/**
	 * Return those around what one of its publishers publishes.
	 * @param publisher the publisher
	 * @return the interceptors, the outermost first
	 */
	List<PublisherInterceptor> of(PublisherEndpoint publisher) {
		return Stream.concat(this.ofSubscriber.stream(), publisher.interceptors().stream().map(this.named)).toList();
	}

}
