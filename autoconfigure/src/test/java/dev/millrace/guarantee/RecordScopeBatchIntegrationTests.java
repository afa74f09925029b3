package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.StreamOperations;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What handlers of batches publish by themselves belongs to the records that they handle.
 */
@Timeout(120)
class RecordScopeBatchIntegrationTests {

	private static final String LARGE = "x".repeat(2000);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("scope-batch-in", 1);

	@Test
	void allRecordsOfABatchWaitForWhatItsHandlerHasPublished() {
		String out = this.cluster.newTopic("scope-out", 1, Map.of("max.message.bytes", "1000"));
		List.of("first", LARGE, "last").forEach((value) -> this.cluster.send(this.in, null, value));
		try (TestApplication application = TestApplication.start(Batching.class, "in=" + this.in, "out=" + out,
				"millrace.subscriber.retry.attempts=1000")) {
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.end(out) == 2);
			await().during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(3)).until(() -> committed() == 0);
			this.cluster.configure(out, "max.message.bytes", "1000000");
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 3);

			assertThat(this.cluster.values(out)).containsExactlyInAnyOrder("first", LARGE, "last");
			assertThat(application.bean(RecordScopeIntegrationTests.Handler.class).calls).containsExactly("first",
					LARGE, "last");
		}
		assertThat(this.cluster.read(out)).allSatisfy(
				(record) -> assertThat(TestCluster.header(record, "correlation_id")).isEqualTo(this.in + "-0@0"));
	}

	@Test
	void whatABatchPublishesBelongsToTheFirstRecordThatTheHandlerGets() {
		String out = this.cluster.newTopic("scope-out", 1);
		List.of("x", "2", "3").forEach((value) -> this.cluster.send(this.in, null, value));
		try (TestApplication application = TestApplication.start(Numbering.class, "in=" + this.in, "out=" + out)) {
			await().atMost(Duration.ofSeconds(20)).until(() -> committed() == 3);

			assertThat(application.bean(RecordScopeIntegrationTests.Handler.class).calls).containsExactly("[2, 3]");
		}
		assertThat(this.cluster.read(out)).singleElement()
			.satisfies(
					(record) -> assertThat(TestCluster.header(record, "correlation_id")).isEqualTo(this.in + "-0@1"));
	}

	private long committed() {
		return this.cluster.committed("test.scope", this.in);
	}

	static class Batching extends RecordScopeIntegrationTests.Handler {

		@StreamSubscriber(topics = "${in}", id = "scope", batch = true, maxRecords = "3", maxWait = "5s")
		void handle(List<String> bodies, StreamOperations operations) {
			this.calls.addAll(bodies);
			operations.publish(this.out, bodies.get(0));
			bodies.stream().skip(1).forEach((body) -> this.streams.publish(this.out, body));
		}

	}

	static class Numbering extends RecordScopeIntegrationTests.Handler {

		@StreamSubscriber(topics = "${in}", id = "scope", batch = true, maxRecords = "3", maxWait = "5s")
		void handle(List<Integer> numbers) {
			this.calls.add(numbers.toString());
			this.streams.publish(this.out, "" + numbers.size());
		}

	}

}
