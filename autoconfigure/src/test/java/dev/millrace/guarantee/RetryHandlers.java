package dev.millrace.guarantee;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.millrace.Acknowledgment;
import dev.millrace.NackRecord;
import dev.millrace.RetryMode;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestCluster;

/**
 * Handlers whose records wait in a topic, and what they have seen.
 */
final class RetryHandlers {

	private RetryHandlers() {
	}

	/**
	 * Call of a handler.
	 */
	record Attempt(String body, String coordinates, long timestamp, String headers, long at) {

		static Attempt of(ConsumerRecord<byte[], byte[]> record) {
			String headers = Stream.of(record.headers().toArray())
				.map((header) -> header.key() + "=" + Arrays.toString(header.value()))
				.collect(Collectors.joining(", "));
			return new Attempt(TestCluster.text(record.value()),
					record.topic() + "-" + record.partition() + "@" + record.offset(), record.timestamp(), headers,
					System.currentTimeMillis());
		}

	}

	static class Handler {

		final Queue<Attempt> attempts = new ConcurrentLinkedQueue<>();

		List<Attempt> attemptsOf(String body) {
			return this.attempts.stream().filter((attempt) -> attempt.body().equals(body)).toList();
		}

		Map<String, Long> attemptsByCoordinates() {
			return this.attempts.stream().collect(Collectors.groupingBy(Attempt::coordinates, Collectors.counting()));
		}

	}

	/** Fails as often as the body says. */
	static class Flaky extends Handler {

		@StreamSubscriber(topics = "${in}", id = "flaky")
		@StreamPublisher("${out}")
		@Retry(mode = RetryMode.TOPIC, topic = "${in}-retry", attempts = "10", delay = "20ms")
		String handle(ConsumerRecord<byte[], byte[]> record) {
			Attempt attempt = Attempt.of(record);
			this.attempts.add(attempt);
			if (attemptsOf(attempt.body()).size() <= Integer.parseInt(attempt.body().split(":")[0])) {
				throw new IllegalStateException("refused: " + attempt.body());
			}
			return attempt.body();
		}

	}

	/** Wants each record again once, after so many milliseconds as the body says. */
	static class Patient extends Handler {

		private final Set<String> seen = ConcurrentHashMap.newKeySet();

		@StreamSubscriber(topics = "${in}", id = "patient")
		@Retry(mode = RetryMode.TOPIC, topic = "${in}-retry")
		void handle(ConsumerRecord<byte[], byte[]> record, Acknowledgment acknowledgment) {
			Attempt attempt = Attempt.of(record);
			this.attempts.add(attempt);
			Duration delay = Duration.ofMillis(Long.parseLong(attempt.body()));
			if (delay.isZero() || !this.seen.add(attempt.body())) {
				return;
			}
			if (delay.toMillis() < 1000) {
				throw new NackRecord(delay);
			}
			acknowledgment.nack(delay);
		}

	}

	static class Matching extends Handler {

		@StreamSubscriber(pattern = "${prefix}-[a-z]", id = "matching")
		@Retry(mode = RetryMode.TOPIC, topic = "test.matching.${prefix}", delay = "20ms")
		void handle(ConsumerRecord<byte[], byte[]> record) {
			Attempt attempt = Attempt.of(record);
			this.attempts.add(attempt);
			if (attemptsOf(attempt.body()).size() == 1) {
				throw new IllegalStateException(attempt.body());
			}
		}

	}

}
