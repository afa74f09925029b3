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
 * @param delivery when a record is finished
 * @param handler the method that handles a record
 * @param publishers where its result goes
 */
public record SubscriberEndpoint(String id, Subscription subscription, ConsumerSettings consumer, FlowSettings flow,
		DeliverySettings delivery, HandlerMethod handler, List<PublisherEndpoint> publishers) {

	public SubscriberEndpoint {
		publishers = List.copyOf(publishers);
	}

	/**
	 * Return the same subscriber with another id.
	 * @param id the id
	 * @return a copy
	 */
	public SubscriberEndpoint withId(String id) {
		return new SubscriberEndpoint(id, this.subscription, this.consumer, this.flow, this.delivery, this.handler,
				this.publishers);
	}

	/**
	 * Describe the subscriber, for errors and logs.
	 * @return the id and the handler
	 */
	public String describe() {
		return "Subscriber '" + this.id + "' (" + this.handler.describe() + ")";
	}

}
