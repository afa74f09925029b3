package dev.millrace.config;

import java.lang.reflect.Method;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import dev.millrace.AckPolicy;
import dev.millrace.Ordering;
import dev.millrace.RetryMode;
import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;
import dev.millrace.endpoint.TopicName;

/**
 * What a subscriber with a retry topic may not be.
 */
final class RetryTopicRules {

	private static final Set<AckPolicy> WITHOUT_RETRY = Set.of(AckPolicy.ACK, AckPolicy.ACK_FIRST,
			AckPolicy.REJECT_ON_ERROR);

	private RetryTopicRules() {
	}

	/**
	 * Check a subscriber.
	 * @param endpoint the subscriber
	 * @param others the subscribers that there are already
	 * @throws StreamConfigurationException when a rule is broken
	 */
	static void check(SubscriberEndpoint endpoint, Collection<SubscriberEndpoint> others) {
		if (usesTopic(endpoint)) {
			checkSettings(endpoint);
			checkTopic(endpoint);
		}
		for (SubscriberEndpoint other : others) {
			checkPair(endpoint, other);
			checkPair(other, endpoint);
		}
	}

	private static void checkSettings(SubscriberEndpoint endpoint) {
		RetrySettings retry = endpoint.delivery().retry();
		AckPolicy policy = endpoint.delivery().ackPolicy();
		refuse(WITHOUT_RETRY.contains(policy), endpoint,
				"has a retry topic, but with the ack policy " + policy + " no failure is ever retried",
				"Choose another ack policy, or remove the mode TOPIC.");
		refuse(endpoint.delivery().exactlyOnce(), endpoint, "has a retry topic and is to be exactly once",
				"Remove one of the two: the retries of exactly-once subscribers wait in their lane.");
		refuse(retry.keepOrder() && endpoint.flow().ordering() == Ordering.NONE, endpoint,
				"is to keep an order with a retry topic, but has none: its ordering is NONE",
				"Choose the ordering KEY or PARTITION, or remove keepOrder.");
		// Owners of partitions with the same number would have to share one of the retry
		// topic.
		refuse(retry.keepOrder() && endpoint.subscription() instanceof Subscription.Partitions, endpoint,
				"is to keep its order with a retry topic, but has fixed partitions, which no rebalance hands over",
				"Have records wait in their lane, @Retry(mode = RetryMode.LANE), or remove keepOrder.");
		refuse(retry.keepOrder() && endpoint.subscription().topics().size() != 1, endpoint,
				"is to keep its order with a retry topic, which takes a single topic, but subscribes to "
						+ endpoint.subscription(),
				"Have a subscriber for each topic, have records wait in their lane, @Retry(mode = RetryMode.LANE),"
						+ " or remove keepOrder.");
	}

	private static void checkTopic(SubscriberEndpoint endpoint) {
		String topic = endpoint.delivery().retry().topic();
		refuse(!TopicName.isLegal(topic), endpoint, "has the retry topic '" + topic + "', which is not a legal name",
				"Name one with letters, digits, dots, underscores and hyphens: @Retry(topic = \"...\").");
		refuse(endpoint.subscription().reads(topic), endpoint,
				"reads its own retry topic '" + topic + "' as a source, so nothing would wait there: it subscribes to "
						+ endpoint.subscription(),
				"Name another retry topic, @Retry(topic = \"...\"), or change the subscription.");
	}

	private static void checkPair(SubscriberEndpoint endpoint, SubscriberEndpoint other) {
		if (!usesTopic(endpoint)) {
			return;
		}
		refuse(other.id().equals(RetrySubscriber.id(endpoint)), endpoint,
				"has a retry container with the id of another subscriber, '" + other.id() + "'",
				"Give one of them another id.");
		// The instances of a prototype share a topic as they share a group.
		boolean same = methods(endpoint).equals(methods(other));
		refuse(!same && usesTopic(other) && topic(endpoint).equals(topic(other)), endpoint,
				"has the same retry topic '" + topic(endpoint) + "' as " + other.describe()
						+ ", so that each would retry the other's records",
				"Give each a topic of its own: @Retry(topic = \"...\").");
	}

	private static boolean usesTopic(SubscriberEndpoint endpoint) {
		return endpoint.delivery().retry().mode() == RetryMode.TOPIC;
	}

	// Functions share a method, but have names of their own.
	private static List<Map.Entry<String, Method>> methods(SubscriberEndpoint endpoint) {
		return endpoint.handlers()
			.stream()
			.map(HandlerEndpoint::method)
			.map((handler) -> Map.entry(handler.beanName(), handler.method()))
			.toList();
	}

	private static String topic(SubscriberEndpoint endpoint) {
		return endpoint.delivery().retry().topic();
	}

	private static void refuse(boolean broken, SubscriberEndpoint endpoint, String problem, String action) {
		if (broken) {
			throw new StreamConfigurationException(endpoint.describe() + " " + problem + ".", action);
		}
	}

}
