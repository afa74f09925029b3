package dev.millrace.endpoint;

import java.util.List;

import org.apache.kafka.common.TopicPartition;
import org.springframework.util.Assert;

/**
 * Immutable description of a subscriber: everything that was declared, with every
 * placeholder resolved and every default filled in.
 *
 * @param id the unique id
 * @param subscription what is read
 * @param consumer how the consumers join the cluster
 * @param flow how records flow
 * @param delivery when a record is finished
 * @param body how bodies are read
 * @param collaborators the beans that it names
 * @param handlers what handles a record: the first that takes it
 * @param documentation what is said about it for its readers
 * @param settings the settings in force, and where each comes from; for people to look
 * at, what the others of these say decides
 */
public record SubscriberEndpoint(String id, Subscription subscription, ConsumerSettings consumer, FlowSettings flow,
		DeliverySettings delivery, BodySettings body, CollaboratorSettings collaborators,
		List<HandlerEndpoint> handlers, Documentation documentation, List<EffectiveSetting> settings) {

	public SubscriberEndpoint {
		Assert.notEmpty(handlers, "A subscriber must have a handler");
		handlers = List.copyOf(handlers);
		settings = List.copyOf(settings);
	}

	/**
	 * Describe a subscriber about which nothing is said for its readers, nor where its
	 * settings come from.
	 * @param id the unique id
	 * @param subscription what is read
	 * @param consumer how the consumers join the cluster
	 * @param flow how records flow
	 * @param delivery when a record is finished
	 * @param body how bodies are read
	 * @param collaborators the beans that it names
	 * @param handlers what handles a record: the first that takes it
	 */
	public SubscriberEndpoint(String id, Subscription subscription, ConsumerSettings consumer, FlowSettings flow,
			DeliverySettings delivery, BodySettings body, CollaboratorSettings collaborators,
			List<HandlerEndpoint> handlers) {
		this(id, subscription, consumer, flow, delivery, body, collaborators, handlers, Documentation.NONE, List.of());
	}

	/**
	 * Return the same subscriber with another id.
	 * @param id the id
	 * @return a copy
	 */
	public SubscriberEndpoint withId(String id) {
		return new SubscriberEndpoint(id, this.subscription, this.consumer, this.flow, this.delivery, this.body,
				this.collaborators, this.handlers, this.documentation, this.settings);
	}

	/**
	 * Return all publishers.
	 * @return the publishers of the handlers, in their order
	 */
	public List<PublisherEndpoint> publishers() {
		return this.handlers.stream().flatMap((handler) -> handler.publishers().stream()).toList();
	}

	/**
	 * Tell whether the subscriber's own group reads a partition: one of those that it
	 * subscribes to, or one of retries that keep the order, which are read along with
	 * those.
	 * @param partition the partition
	 * @return whether it is read, and committed, by that group
	 */
	public boolean reads(TopicPartition partition) {
		RetrySettings retry = this.delivery.retry();
		return this.subscription.reads(partition) || (retry.parksKeys() && retry.topic().equals(partition.topic()));
	}

	/**
	 * Describe the subscriber, for errors and logs.
	 * @return the id and the handlers
	 */
	public String describe() {
		return "Subscriber '" + this.id + "' (" + describeHandlers() + ")";
	}

	/**
	 * Describe where the handlers are, for errors and logs.
	 * @return the first handler, and how many more there are
	 */
	public String describeHandlers() {
		String first = this.handlers.get(0).describe();
		return (this.handlers.size() > 1) ? first + " and " + (this.handlers.size() - 1) + " more" : first;
	}

}
