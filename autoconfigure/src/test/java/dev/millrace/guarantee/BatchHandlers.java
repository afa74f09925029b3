package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchListenerFailedException;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.BatchFailedException;
import dev.millrace.BatchResult;
import dev.millrace.RetryMode;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Handlers that get batches, and what they have seen.
 */
final class BatchHandlers {

	private BatchHandlers() {
	}

	/**
	 * Keeps the bodies of each call.
	 */
	static class Handler {

		final Queue<List<String>> batches = new ConcurrentLinkedQueue<>();

		void called(List<String> bodies) {
			this.batches.add(List.copyOf(bodies));
		}

		List<String> all() {
			return this.batches.stream().flatMap(List::stream).toList();
		}

		long calls(String body) {
			return all().stream().filter(body::equals).count();
		}

	}

	static class Plain extends Handler {

		final Set<String> running = ConcurrentHashMap.newKeySet();

		final AtomicInteger overlaps = new AtomicInteger();

		@StreamSubscriber(topics = "${in}", id = "plain", batch = true, maxRecords = "50", maxWait = "${wait:100ms}")
		void handle(List<ConsumerRecord<String, String>> records) {
			Set<String> lanes = new HashSet<>();
			records.forEach((record) -> lanes.add(record.partition() + "/" + record.key()));
			lanes.forEach((lane) -> {
				if (!this.running.add(lane)) {
					this.overlaps.incrementAndGet();
				}
			});
			called(records.stream().map(ConsumerRecord::value).toList());
			lanes.forEach(this.running::remove);
		}

	}

	static class Reporting extends Handler {

		static final Set<String> REFUSED = Set.of("0", "7", "499");

		@StreamSubscriber(topics = "${in}", id = "reporting", batch = true)
		@Retry(attempts = "3", delay = "20ms")
		BatchResult handle(List<String> bodies) {
			called(bodies);
			BatchResult result = BatchResult.success();
			for (int i = 0; i < bodies.size(); i++) {
				if (REFUSED.contains(bodies.get(i))) {
					result.failed(i, new IllegalStateException("refused: " + bodies.get(i)));
				}
			}
			return result;
		}

	}

	static class Throwing extends Handler {

		@StreamSubscriber(topics = "${in}", id = "throwing", batch = true)
		@Retry(attempts = "2", delay = "20ms")
		void handle(List<String> bodies) {
			called(bodies);
			Map<Integer, Throwable> failures = new TreeMap<>();
			for (int i = 0; i < bodies.size(); i++) {
				if (bodies.get(i).startsWith("bad")) {
					failures.put(i, new IllegalStateException(bodies.get(i)));
				}
			}
			if (!failures.isEmpty()) {
				throw new BatchFailedException(failures);
			}
		}

	}

	static class Springs extends Handler {

		@StreamSubscriber(topics = "${in}", id = "springs", batch = true)
		@Retry(attempts = "2", delay = "20ms")
		void handle(List<String> bodies) {
			called(bodies);
			for (int i = 0; i < bodies.size(); i++) {
				if (bodies.get(i).equals("bad")) {
					throw new BatchListenerFailedException("bad", new IllegalStateException("bad"), i);
				}
			}
		}

	}

	static class Deciding extends Handler {

		@StreamSubscriber(topics = "${in}", id = "deciding", batch = true)
		@Retry(attempts = "2", delay = "20ms")
		void handle(List<String> bodies, List<Acknowledgment> each) {
			called(bodies);
			for (int i = 0; i < bodies.size(); i++) {
				if (bodies.get(i).equals("reject")) {
					each.get(i).reject();
				}
				else if (bodies.get(i).equals("ack")) {
					each.get(i).ack();
				}
			}
			if (bodies.contains("bad")) {
				throw new BatchListenerFailedException("bad", new IllegalStateException("bad"), bodies.indexOf("bad"));
			}
		}

	}

	static class Blind extends Handler {

		@StreamSubscriber(topics = "${in}", id = "blind", batch = true)
		@Retry(attempts = "4", delay = "20ms")
		void handle(List<String> bodies) {
			called(bodies);
			if (bodies.contains("bad")) {
				throw new IllegalArgumentException("one of " + bodies.size());
			}
		}

	}

	static class Numbers {

		final Queue<List<Integer>> batches = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "numbers", batch = true)
		void handle(List<Integer> numbers) {
			this.batches.add(new ArrayList<>(numbers));
		}

	}

	static class Manual extends Handler {

		final Queue<Acknowledgment> whole = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "manual", batch = true, ackPolicy = AckPolicy.MANUAL)
		void handle(List<String> bodies, List<Acknowledgment> each, Acknowledgment all) {
			called(bodies);
			for (int i = 0; i < bodies.size(); i++) {
				if (bodies.get(i).equals("reject")) {
					each.get(i).reject();
				}
				else if (bodies.get(i).equals("nack") && calls("nack") == 1) {
					each.get(i).nack(Duration.ofMillis(20));
				}
			}
			this.whole.add(all);
		}

	}

	static class Waiting extends Handler {

		@StreamSubscriber(topics = "${in}", id = "waiting", batch = true)
		@Retry(attempts = "3", delay = "200ms", jitter = "0", mode = RetryMode.TOPIC, topic = "${in}-retry")
		BatchResult handle(List<StreamRecord> records) {
			called(records.stream().map((record) -> record.body(String.class)).toList());
			BatchResult result = BatchResult.success();
			for (int i = 0; i < records.size(); i++) {
				String body = records.get(i).body(String.class);
				if (body.startsWith("bad") || body.startsWith("late") && records.get(i).attempt() < 2) {
					result.failed(i, new IllegalStateException(body));
				}
			}
			return result;
		}

	}

	static class Async extends Handler {

		@StreamSubscriber(topics = "${in}", id = "async", batch = true)
		@Retry(attempts = "2", delay = "20ms")
		CompletionStage<BatchResult> handle(List<String> bodies) {
			called(bodies);
			return CompletableFuture.supplyAsync(() -> {
				int bad = bodies.indexOf("bad");
				return (bad >= 0) ? BatchResult.success().failed(bad, new IllegalStateException("bad"))
						: BatchResult.success();
			}, CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS));
		}

	}

	static class Once extends Handler {

		@StreamSubscriber(topics = "${in}", id = "once", batch = true, exactlyOnce = true)
		@StreamPublisher("${out}")
		@Retry(attempts = "3", delay = "20ms")
		List<String> handle(List<String> bodies, List<Acknowledgment> each) {
			called(bodies);
			int bad = bodies.indexOf("bad");
			if (bad >= 0 && calls("bad") < 3) {
				each.get(bad).nack(Duration.ofMillis(20));
			}
			else if (bad >= 0) {
				each.get(bad).reject();
			}
			return bodies;
		}

	}

}
