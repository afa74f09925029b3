package dev.millrace.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.monitor.Outcome;

/**
 * Whether the subscribers can do their work: down as long as a consumer has not joined
 * its group, when a subscriber has stopped because of an error, and while dead letters
 * can't be written. Consumers that get no partition because there are more of them than
 * partitions are as ready as the others, and a rebalance is given some time.
 */
public final class StreamReadinessHealthIndicator extends SubscriberHealthIndicator {

	private final Function<String, @Nullable MessageListenerContainer> containers;

	private final Duration grace;

	/**
	 * Create an indicator.
	 * @param subscribers the subscribers
	 * @param containers find the container of a subscriber by its id
	 * @param grace how long a rebalance may take
	 */
	public StreamReadinessHealthIndicator(SubscriberRuntimes subscribers,
			Function<String, @Nullable MessageListenerContainer> containers, Duration grace) {
		super(subscribers);
		this.containers = containers;
		this.grace = grace;
	}

	@Override
	Map<String, Object> problems(SubscriberRuntime subscriber) {
		Map<String, Object> problems = new LinkedHashMap<>();
		MessageListenerContainer container = this.containers.apply(subscriber.id());
		if (subscriber.parts().stream().anyMatch(this::hasFailed)) {
			problems.put("stopped", "because of an error");
		}
		else if (container != null && container.isRunning() && subscriber.polls().isWaiting(this.grace)) {
			problems.put("notInGroup", subscriber.endpoint().consumer().groupId());
		}
		Throwable deadLetterProblem = subscriber.monitor().deadLetterProblem();
		if (deadLetterProblem != null) {
			problems.put("deadLetterProblem", NestedExceptionUtils.getMostSpecificCause(deadLetterProblem).toString());
			problems.put("deadLetterFailures", subscriber.monitor().countOf(Outcome.DEAD_LETTER_FAILED));
		}
		return problems;
	}

	private boolean hasFailed(SubscriberEndpoint part) {
		MessageListenerContainer container = this.containers.apply(part.id());
		return container != null && !container.isInExpectedState();
	}

}
