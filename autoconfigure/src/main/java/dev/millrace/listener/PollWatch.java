package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchInterceptor;

/**
 * Knows when the consumers of a subscriber have polled, and whether they belong to their
 * groups. Each consumer calls it on its own thread before it polls; whoever asks does so
 * on any.
 */
public final class PollWatch implements BatchInterceptor<byte[], byte[]> {

	private final Map<Consumer<?, ?>, State> consumers = new ConcurrentHashMap<>();

	@Override
	public ConsumerRecords<byte[], byte[]> intercept(ConsumerRecords<byte[], byte[]> records,
			Consumer<byte[], byte[]> consumer) {
		return records;
	}

	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		look(consumer, System.nanoTime());
	}

	void look(Consumer<?, ?> consumer, long now) {
		State before = this.consumers.get(consumer);
		boolean member = isMember(consumer);
		Long lost = null;
		if (!member && before != null) {
			lost = before.member() ? (Long) now : before.lostNanos();
		}
		this.consumers.put(consumer, new State(now, member, lost));
	}

	/**
	 * Forget a consumer, because it stops.
	 * @param consumer the consumer
	 */
	void forget(Consumer<?, ?> consumer) {
		this.consumers.remove(consumer);
	}

	/**
	 * Return how long ago the last poll began of the consumer that has not polled for the
	 * longest time.
	 * @return the time, or empty when no consumer runs
	 */
	public Optional<Duration> longestSincePoll() {
		long now = System.nanoTime();
		return this.consumers.values()
			.stream()
			.map((state) -> Duration.ofNanos(now - state.polledNanos()))
			.max(Comparator.naturalOrder());
	}

	/**
	 * Return whether consumers are without their groups: they have never joined them, or
	 * have been without them for longer than a rebalance takes. A member to which no
	 * partition is assigned belongs to its group.
	 * @param grace how long a rebalance may take
	 * @return whether there is such a consumer, or none at all
	 */
	public boolean isWaiting(Duration grace) {
		long now = System.nanoTime();
		List<State> states = new ArrayList<>(this.consumers.values());
		return states.isEmpty() || states.stream().anyMatch((state) -> !state.isWell(now, grace));
	}

	// Who reads fixed partitions, or a pattern that no topic matches yet, has nothing to
	// wait for.
	private static boolean isMember(Consumer<?, ?> consumer) {
		if (consumer.subscription().isEmpty()) {
			return true;
		}
		try {
			return !consumer.assignment().isEmpty() || consumer.groupMetadata().generationId() >= 0;
		}
		catch (KafkaException ex) {
			return false;
		}
	}

	/**
	 * What is known of a consumer.
	 *
	 * @param polledNanos when it has polled
	 * @param member whether it belonged to its group then
	 * @param lostNanos since when it does not any more; {@code null} when it has never
	 * done, or does
	 */
	private record State(long polledNanos, boolean member, @Nullable Long lostNanos) {

		boolean isWell(long now, Duration grace) {
			return this.member || (this.lostNanos != null && now - this.lostNanos <= grace.toNanos());
		}

	}

}
