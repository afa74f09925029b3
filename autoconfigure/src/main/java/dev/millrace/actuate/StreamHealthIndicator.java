package dev.millrace.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.core.NestedExceptionUtils;

import dev.millrace.UnfinishedRecord;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.monitor.Outcome;

/**
 * Health of the subscribers: down as long as one can't write its dead letters, or has a
 * record that has been unfinished for longer than {@code stall-timeout}.
 */
public final class StreamHealthIndicator extends AbstractHealthIndicator {

	private final SubscriberRuntimes subscribers;

	/**
	 * Create an indicator.
	 * @param subscribers the subscribers
	 */
	public StreamHealthIndicator(SubscriberRuntimes subscribers) {
		super("The health of the subscribers could not be found out");
		this.subscribers = subscribers;
	}

	@Override
	protected void doHealthCheck(Health.Builder builder) {
		builder.up();
		for (SubscriberRuntime subscriber : this.subscribers.runtimes()) {
			Map<String, Object> problems = problems(subscriber);
			if (!problems.isEmpty()) {
				builder.down().withDetail(subscriber.id(), problems);
			}
		}
	}

	private static Map<String, Object> problems(SubscriberRuntime subscriber) {
		Map<String, Object> problems = new LinkedHashMap<>();
		Throwable deadLetterProblem = subscriber.monitor().deadLetterProblem();
		if (deadLetterProblem != null) {
			problems.put("deadLetterProblem", NestedExceptionUtils.getMostSpecificCause(deadLetterProblem).toString());
			problems.put("deadLetterFailures", subscriber.monitor().countOf(Outcome.DEAD_LETTER_FAILED));
		}
		Duration limit = subscriber.endpoint().flow().stallTimeout();
		Optional<UnfinishedRecord> oldest = subscriber.oldestUnfinished();
		oldest.filter((record) -> record.age().compareTo(limit) > 0).ifPresent((record) -> {
			problems.put("unfinishedRecord", record.toString());
			problems.put("unfinishedFor", record.age().toString());
		});
		return problems;
	}

}
