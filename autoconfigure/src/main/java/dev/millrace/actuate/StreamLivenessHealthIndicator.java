package dev.millrace.actuate;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import dev.millrace.UnfinishedRecord;
import dev.millrace.endpoint.FlowSettings;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Whether the subscribers go on: down when an attempt to handle a record has been under
 * way for longer than {@code stall-timeout}, counted from its beginning, or a consumer
 * has not polled for that long. A record that waits for another attempt is not stuck, and
 * a subscriber that was stopped has nothing to go on with.
 */
public final class StreamLivenessHealthIndicator extends SubscriberHealthIndicator {

	/**
	 * Polls may be further apart than records take: a rebalance waits for handlers.
	 */
	private static final Duration BETWEEN_POLLS = Duration.ofMinutes(1);

	/**
	 * Create an indicator.
	 * @param subscribers the subscribers
	 */
	public StreamLivenessHealthIndicator(SubscriberRuntimes subscribers) {
		super(subscribers);
	}

	@Override
	Map<String, Object> problems(SubscriberRuntime subscriber) {
		Map<String, Object> problems = new LinkedHashMap<>();
		FlowSettings flow = subscriber.endpoint().flow();
		Optional<UnfinishedRecord> running = subscriber.longestRunning();
		running.filter((record) -> record.age().compareTo(flow.stallTimeout()) > 0).ifPresent((record) -> {
			problems.put("stuckRecord", record.toString());
			problems.put("stuckFor", record.age().toString());
		});
		Duration shortest = flow.drainTimeout().plus(BETWEEN_POLLS);
		Duration limit = (flow.stallTimeout().compareTo(shortest) > 0) ? flow.stallTimeout() : shortest;
		subscriber.polls()
			.longestSincePoll()
			.filter((time) -> time.compareTo(limit) > 0)
			.ifPresent((time) -> problems.put("notPolledFor", time.toString()));
		return problems;
	}

}
