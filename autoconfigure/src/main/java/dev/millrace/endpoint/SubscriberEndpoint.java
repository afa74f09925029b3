package dev.millrace.endpoint;

import java.util.List;

/**
 * Immutable description of a subscriber: everything that was declared, with every
 * placeholder resolved and every default filled in.
 *
 * @param id the unique id
 * @param subscription what is read
 * @param consumer how the consumers join the cluster
 * @param flow how records flow
 * @param retry how long a record that failed waits
 * @param handler the method that handles a record
 * @param publishers where its result goes
 */
public record SubscriberEndpoint(String id, Subscription subscription, ConsumerSettings consumer, FlowSettings flow,
		RetrySettings retry, HandlerMethod handler, List<PublisherEndpoint> publishers) {

	public SubscriberEndpoint {
		publishers = List.copyOf(publishers);
	}

	/**
	 * Describe the subscriber, for errors and logs.
	 * @return the id and the handler
	 */
	public String describe() {
		return "Subscriber '" + this.id + "' (" + this.handler.describe() + ")";
	}

}
