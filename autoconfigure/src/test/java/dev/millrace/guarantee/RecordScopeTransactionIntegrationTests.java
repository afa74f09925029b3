package dev.millrace.guarantee;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;

import dev.millrace.BatchResult;
import dev.millrace.StreamOperations;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What handlers publish by themselves is part of the transaction of their record, and
 * gone with it.
 */
@Timeout(120)
class RecordScopeTransactionIntegrationTests {

	private static final String LARGE = "x".repeat(2000);

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void whatARecordPublishesIsPartOfItsTransaction() {
		OnceTopics once = new OnceTopics(this.cluster, 3);
		try (TestApplication application = once.start(Once.class, "millrace.subscriber.retry.attempts=3")) {
			Once handler = application.bean(Once.class);
			handler.failures.put("4", 2);
			handler.failures.put("7", 1000);
			once.send(0, 30);
			once.awaitEverythingCommitted();
			await().until(() -> this.cluster.values(once.in + "-dlt").equals(List.of("7")));

			assertThat(handler.attempts.get("4").get()).isGreaterThanOrEqualTo(3);
		}
		assertThat(this.cluster.values(once.out)).hasSize(58).doesNotHaveDuplicates().doesNotContain("7", "late 7");
		assertThat(once.uncommitted(once.out)).contains("7");
	}

	@Test
	void recordWhosePublishingIsRefusedPublishesNothingInItsTransaction() {
		OnceTopics once = new OnceTopics(this.cluster, 1);
		this.cluster.configure(once.out, "max.message.bytes", "1000");
		try (TestApplication application = once.start(Once.class, "millrace.subscriber.retry.attempts=2")) {
			this.cluster.send(once.in, "key", LARGE);
			once.send(0, 10);
			once.awaitEverythingCommitted();

			assertThat(application.context().isActive()).isTrue();
		}
		assertThat(this.cluster.values(once.in + "-dlt")).containsExactly(LARGE);
		assertThat(this.cluster.values(once.out)).hasSize(20).doesNotHaveDuplicates();
	}

	@Test
	void whatABatchPublishesIsPartOfItsTransaction() {
		OnceTopics once = new OnceTopics(this.cluster, 3);
		once.send(0, 30);
		try (TestApplication application = once.start(OnceBatching.class, "millrace.subscriber.retry.attempts=3")) {
			OnceBatching handler = application.bean(OnceBatching.class);
			once.awaitEverythingCommitted();
			await().until(() -> this.cluster.values(once.in + "-dlt").equals(List.of("7")));

			assertThat(handler.calls).contains("7");
		}
		assertThat(this.cluster.values(once.out)).hasSize(29).doesNotHaveDuplicates().doesNotContain("7");
		assertThat(once.uncommitted(once.out)).contains("7");
	}

	@Test
	void allThatFailOfABatchAreRememberedByOneTransaction() {
		OnceTopics once = new OnceTopics(this.cluster, 1);
		once.send(0, 10);
		try (TestApplication application = once.start(OnceReporting.class, "millrace.subscriber.retry.attempts=3",
				"millrace.subscriber.retry.fatal=java.lang.IllegalStateException")) {
			OnceReporting handler = application.bean(OnceReporting.class);
			once.awaitEverythingCommitted();

			assertThat(Collections.frequency(handler.calls, "0")).isLessThanOrEqualTo(3);
		}
		assertThat(this.cluster.values(once.in + "-dlt")).containsExactlyInAnyOrder("5", "6", "7", "8", "9");
		assertThat(this.cluster.values(once.out)).containsExactlyInAnyOrder("0", "1", "2", "3", "4");
	}

	static class Once {

		@Value("${out}")
		private String out;

		@Autowired
		private StreamOperations streams;

		final Map<String, AtomicInteger> attempts = new ConcurrentHashMap<>();

		final Map<String, Integer> failures = new ConcurrentHashMap<>();

		@StreamSubscriber(topics = "${in}", id = "once", exactlyOnce = true)
		void handle(String body) {
			int attempt = this.attempts.computeIfAbsent(body, (key) -> new AtomicInteger()).incrementAndGet();
			this.streams.publish(this.out, body).join();
			if (attempt <= this.failures.getOrDefault(body, 0)) {
				throw new IllegalStateException("attempt " + attempt);
			}
			this.streams.publish(this.out, "late " + body).join();
		}

	}

	static class OnceReporting {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@Value("${out}")
		private String out;

		@Autowired
		private StreamOperations streams;

		@StreamSubscriber(topics = "${in}", id = "once", batch = true, exactlyOnce = true)
		BatchResult handle(List<String> bodies) {
			this.calls.addAll(bodies);
			this.streams.publishAll(this.out, bodies).join();
			BatchResult result = BatchResult.success();
			IllegalStateException failure = new IllegalStateException("of each by itself");
			for (int i = 0; i < bodies.size(); i++) {
				if (Integer.parseInt(bodies.get(i)) >= 5) {
					result.failed(i, failure);
				}
			}
			return result;
		}

	}

	static class OnceBatching {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@Value("${out}")
		private String out;

		@Autowired
		private StreamOperations streams;

		@StreamSubscriber(topics = "${in}", id = "once", batch = true, exactlyOnce = true)
		void handle(List<String> bodies) {
			this.calls.addAll(bodies);
			this.streams.publishAll(this.out, bodies).join();
			if (bodies.contains("7")) {
				throw new IllegalStateException("seven");
			}
		}

	}

}
