package dev.millrace.config;

import java.util.Arrays;

import org.springframework.core.MethodParameter;
import org.springframework.core.ResolvableType;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * What a subscriber may not be because its handler gets batches, or does not.
 */
final class BatchRules {

	private BatchRules() {
	}

	/**
	 * Check a subscriber.
	 * @param endpoint the subscriber
	 * @throws StreamConfigurationException when a rule is broken
	 */
	static void check(SubscriberEndpoint endpoint) {
		boolean batches = endpoint.flow().batch() != null;
		if (batches && endpoint.handlers().size() > 1) {
			throw new StreamConfigurationException(
					"%s has several handlers, but a batch is one call of one handler.".formatted(endpoint.describe()),
					"Remove batch = true, make each handler a @StreamSubscriber of its own, or let one handler take"
							+ " List<StreamRecord> and tell the records apart.");
		}
		if (batches && endpoint.delivery().retry().parksKeys()) {
			throw new StreamConfigurationException(
					"%s gets batches and is to keep its order with a retry topic, which do not go together."
						.formatted(endpoint.describe()),
					"Have records wait in their lane, @Retry(mode = RetryMode.LANE), or remove keepOrder or batch = true.");
		}
		endpoint.handlers().forEach((handler) -> checkAcknowledged(endpoint, handler.method(), batches));
	}

	private static void checkAcknowledged(SubscriberEndpoint endpoint, HandlerMethod handler, boolean batches) {
		if (endpoint.delivery().ackPolicy() == AckPolicy.MANUAL && Arrays.stream(parameters(handler))
			.noneMatch((type) -> isAcknowledgment(type)
					|| batches && isAcknowledgment(type.as(Iterable.class).getGeneric(0)))) {
			throw new StreamConfigurationException(
					"Subscriber '%s' (%s) has the policy MANUAL, but nothing to acknowledge records with."
						.formatted(endpoint.id(), handler.describe()),
					"Declare a parameter of type dev.millrace.Acknowledgment, or choose another policy.");
		}
	}

	private static ResolvableType[] parameters(HandlerMethod handler) {
		ResolvableType[] types = new ResolvableType[handler.method().getParameterCount()];
		for (int i = 0; i < types.length; i++) {
			types[i] = ResolvableType.forMethodParameter(new MethodParameter(handler.method(), i));
		}
		return types;
	}

	private static boolean isAcknowledgment(ResolvableType type) {
		return Acknowledgment.class.isAssignableFrom(type.resolve(Object.class));
	}

}
