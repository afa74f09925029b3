package dev.millrace;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Value;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Handlers that return before their result is there.
 */
@Timeout(120)
class AsyncHandlerIntegrationTests {

	private static final int RECORDS = 200;

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void partitionKeepsItsOrderAndRunsOneRecordAtATime() {
		String in = this.cluster.newTopic("async-in", 2);
		String out = this.cluster.newTopic("async-out", 2);
		send(in);
		try (TestApplication application = TestApplication.start(Delayed.class, "in=" + in, "out=" + out)) {
			await().atMost(Duration.ofSeconds(60)).until(() -> this.cluster.end(out) >= RECORDS);
			assertThat(application.bean(Delayed.class).mostAtOnce.get()).isLessThanOrEqualTo(2);
			for (int partition = 0; partition < 2; partition++) {
				assertThat(values(out, partition)).isEqualTo(values(in, partition));
			}
		}
	}

	@Test
	void recordsThatWaitForTheirResultHoldNoThread() {
		String in = this.cluster.newTopic("waiting-in", 1);
		String out = this.cluster.newTopic("waiting-out", 1);
		send(in);
		try (TestApplication application = TestApplication.start(Waiting.class, "in=" + in, "out=" + out,
				"spring.threads.virtual.enabled=false")) {
			Waiting waiting = application.bean(Waiting.class);
			await().atMost(Duration.ofSeconds(30)).until(() -> waiting.pending.size() == RECORDS);
			await().untilAsserted(() -> assertThat(busyThreads()).isEmpty());
			assertThat(this.cluster.committed("test.waiting", in)).isZero();

			waiting.pending.forEach((future) -> future.complete("done"));

			await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.end(out) == RECORDS);
			await().atMost(Duration.ofSeconds(5)).until(() -> this.cluster.committed("test.waiting", in) == RECORDS);
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void resultThatComesWithAConfirmationDoesNotMakeTheProducerWaitForItself(boolean exactlyOnce) {
		String in = this.cluster.newTopic("confirmed-in", 1);
		String audit = this.cluster.newTopic("confirmed-audit", 1);
		String out = this.cluster.newTopic("confirmed-out", 1);
		this.cluster.send(in, "k", "a");
		try (TestApplication application = TestApplication.start(Confirmed.class, "in=" + in, "audit=" + audit,
				"out=" + out, "millrace.subscriber.exactly-once=" + exactlyOnce)) {
			await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.committed("test.confirmed", in) == 1);

			assertThat(application.context().isActive()).isTrue();
			assertThat(this.cluster.values(audit)).containsExactly("a");
			assertThat(this.cluster.values(out)).containsExactly("a is confirmed");
		}
	}

	private void send(String topic) {
		IntStream.range(0, RECORDS).forEach((i) -> this.cluster.sendLater(topic, "key-" + (i % 10), "" + i));
		this.cluster.flush();
	}

	private List<String> values(String topic, int partition) {
		return this.cluster.read(topic)
			.stream()
			.filter((record) -> record.partition() == partition)
			.map((record) -> TestCluster.text(record.value()))
			.toList();
	}

	// An idle thread of a pool waits for work in the pool.
	private static List<String> busyThreads() {
		return Thread.getAllStackTraces()
			.entrySet()
			.stream()
			.filter((thread) -> thread.getKey().getName().startsWith("millrace-"))
			.filter((thread) -> Arrays.stream(thread.getValue())
				.anyMatch((frame) -> frame.getClassName().startsWith("dev.millrace.")))
			.map((thread) -> thread.getKey().getName() + Arrays.toString(thread.getValue()))
			.toList();
	}

	static class Delayed {

		final AtomicInteger mostAtOnce = new AtomicInteger();

		private final AtomicInteger running = new AtomicInteger();

		@StreamSubscriber(topics = "${in}", id = "delayed", concurrency = "50")
		@StreamPublisher("${out}")
		CompletableFuture<String> handle(int number) {
			this.mostAtOnce.accumulateAndGet(this.running.incrementAndGet(), Math::max);
			return CompletableFuture.supplyAsync(() -> {
				this.running.decrementAndGet();
				return "" + number;
			}, CompletableFuture.delayedExecutor(number % 7, TimeUnit.MILLISECONDS));
		}

	}

	static class Confirmed {

		@Value("${audit}")
		private String audit;

		@StreamSubscriber(topics = "${in}", id = "confirmed")
		@StreamPublisher("${out}")
		CompletionStage<String> handle(String body, StreamOperations streams) {
			return streams.publish(this.audit, body).thenApply((result) -> body + " is confirmed");
		}

	}

	static class Waiting {

		final Queue<CompletableFuture<String>> pending = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "waiting", ordering = Ordering.NONE, concurrency = "" + RECORDS)
		@StreamPublisher("${out}")
		CompletableFuture<String> handle(String body) {
			CompletableFuture<String> future = new CompletableFuture<>();
			this.pending.add(future);
			return future;
		}

	}

}
