package dev.millrace.support;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.springframework.util.ReflectionUtils;

import dev.millrace.AckPolicy;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.Ordering;
import dev.millrace.RetryMode;
import dev.millrace.Unmatched;
import dev.millrace.endpoint.Backoff;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.CollaboratorSettings;
import dev.millrace.endpoint.ConsumerSettings;
import dev.millrace.endpoint.DeadLetterSettings;
import dev.millrace.endpoint.DeliverySettings;
import dev.millrace.endpoint.FailureTypes;
import dev.millrace.endpoint.FlowSettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;

/**
 * Subscribers that no annotation has declared.
 */
public final class TestEndpoint {

	private static final FlowSettings FLOW = new FlowSettings(Ordering.PARTITION, 1, null, 2, 1, false, Duration.ZERO,
			Duration.ofMinutes(5), Duration.ZERO, null);

	private TestEndpoint() {
	}

	/**
	 * Subscriber of topic {@code in} that publishes to topics.
	 * @param topics the topics
	 * @return the subscriber
	 */
	public static SubscriberEndpoint publishing(String... topics) {
		return endpoint(FLOW, delivery(AckPolicy.ACK_ON_SUCCESS),
				Arrays.stream(topics)
					.map((topic) -> new PublisherEndpoint(topic, null, null, Map.of(), BodySettings.NONE, List.of()))
					.toList());
	}

	/**
	 * Subscriber of topic {@code in} that publishes.
	 * @param publishers where to and how
	 * @return the subscriber
	 */
	public static SubscriberEndpoint publishing(List<PublisherEndpoint> publishers) {
		return endpoint(FLOW, delivery(AckPolicy.ACK_ON_SUCCESS), publishers);
	}

	/**
	 * Subscriber of topic {@code in} that publishes nothing.
	 * @param delivery when a record is finished
	 * @return the subscriber
	 */
	public static SubscriberEndpoint of(DeliverySettings delivery) {
		return endpoint(FLOW, delivery, List.of());
	}

	/**
	 * Subscriber that publishes nothing.
	 * @param subscription what it reads
	 * @return the subscriber
	 */
	public static SubscriberEndpoint reading(Subscription subscription) {
		return endpoint(subscription, FLOW, delivery(AckPolicy.ACK_ON_SUCCESS), List.of());
	}

	/**
	 * Subscriber of topic {@code in} that publishes nothing.
	 * @param flow how records flow
	 * @return the subscriber
	 */
	public static SubscriberEndpoint of(FlowSettings flow) {
		return endpoint(flow, delivery(AckPolicy.ACK_ON_SUCCESS), List.of());
	}

	/**
	 * Three attempts, one second apart, then a dead letter with headers of text.
	 * @param policy the policy
	 * @return the settings
	 */
	public static DeliverySettings delivery(AckPolicy policy) {
		RetrySettings retry = new RetrySettings(3, null,
				new Backoff(Duration.ofSeconds(1), 2, Duration.ofMinutes(1), 0),
				new FailureTypes(List.of(), List.of(), List.of(UnsupportedOperationException.class)), RetryMode.LANE,
				"retry", false);
		return new DeliverySettings(policy, false, Unmatched.DEAD_LETTER, true, retry,
				new DeadLetterSettings(true, null, DeadLetterHeaders.TEXT));
	}

	private static SubscriberEndpoint endpoint(FlowSettings flow, DeliverySettings delivery,
			List<PublisherEndpoint> publishers) {
		return endpoint(new Subscription.Topics(List.of("in")), flow, delivery, publishers);
	}

	private static SubscriberEndpoint endpoint(Subscription subscription, FlowSettings flow, DeliverySettings delivery,
			List<PublisherEndpoint> publishers) {
		Method method = ReflectionUtils.findMethod(Object.class, "toString");
		return new SubscriberEndpoint("id", subscription, new ConsumerSettings("group", null, null, null, Map.of()),
				flow, delivery, BodySettings.NONE, CollaboratorSettings.NONE,
				List.of(new HandlerEndpoint(new HandlerMethod(new Object(), "bean", Object.class, method, method), null,
						List.of(), publishers)));
	}

}
