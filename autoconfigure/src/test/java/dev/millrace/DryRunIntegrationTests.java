package dev.millrace;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.messaging.handler.annotation.Header;

import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.config.DryRuns;
import dev.millrace.listener.DryRun;
import dev.millrace.listener.DryRunResult;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A dry run says what a subscriber would do with a record, and nobody sees anything of
 * it.
 */
@Timeout(120)
class DryRunIntegrationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("dry-in", 1);

	private final String out = this.cluster.newTopic("dry-out", 1);

	private final TestApplication application = TestApplication.start(Handlers.class, "in=" + this.in,
			"out=" + this.out);

	private final Handlers handlers = this.application.bean(Handlers.class);

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void checkHasTheArgumentsAndDoesNotCallTheHandler() {
		DryRunResult result = dryRun("single").check(record("{\"amount\": 3}"));

		assertThat(result.failure()).isNull();
		assertThat(result.handler()).satisfies((handler) -> assertThat(handler.describe()).contains("single(Order"));
		assertThat(result.arguments()).containsEntry("order", new Order(3))
			.containsOnlyKeys("order", "operations", "asked");
		assertThat(this.handlers.calls).hasValue(0);
	}

	@Test
	void checkSaysWhyTheHandlerWouldNotBeCalled() {
		assertThat(dryRun("single").check(record("no json")).failure()).isInstanceOf(DecodingException.class);
		assertThat(dryRun("single").check(record("{\"amount\": 0}")).failure()).hasMessageContaining("amount");
		assertThat(dryRun("batches").check(record("no json")).failure()).isInstanceOf(DecodingException.class);
		assertThat(dryRun("batches").check(record("{\"amount\": 0}")).failure()).isNotNull();
		assertThat(dryRun("filtered").check(record("{}")).failure()).isInstanceOf(UnmatchedRecordException.class);
		assertThat(dryRun("skipping").check(record("{}"))).satisfies((result) -> {
			assertThat(result.failure()).isNull();
			assertThat(result.decision()).isInstanceOf(SkipRecord.class);
			assertThat(result.handler()).isNull();
		});
		assertThatIllegalArgumentException().isThrownBy(() -> dryRun("nobody")).withMessageContaining("nobody");
	}

	@Test
	void runCallsTheHandlerAndKeepsWhatItPublishes() {
		DryRunResult result = dryRun("single").run(record("{\"amount\": 3}"), TIMEOUT);

		assertThat(result.failure()).isNull();
		assertThat(result.value()).isEqualTo("did 3");
		assertThat(this.handlers.calls).hasValue(1);
		assertThat(result.published()).extracting((record) -> record.topic() + "=" + TestCluster.text(record.value()))
			.containsExactly(this.out + "=noted", this.out + "=did 3");
		assertThat(this.handlers.noted.join()).isEqualTo(new PublishResult(this.out, -1, -1));
		assertThat(this.cluster.read(this.out)).isEmpty();
		assertThat(this.cluster.read(this.in)).isEmpty();
	}

	@Test
	void answersAreKept() {
		ConsumerRecord<byte[], byte[]> record = record("{\"amount\": 3}");
		record.headers().add("reply_to", TestCluster.bytes("nowhere"));

		assertThat(dryRun("single").run(record, TIMEOUT).published()).extracting(ProducerRecord::topic)
			.containsExactly(this.out, "nowhere", this.out);
	}

	@Test
	void requestsAreNotSent() {
		ConsumerRecord<byte[], byte[]> record = record("{\"amount\": 3}");
		record.headers().add("asked", TestCluster.bytes(this.out));

		assertThat(dryRun("single").run(record, TIMEOUT).failure()).isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("dry run");
		assertThat(this.cluster.read(this.out)).isEmpty();
	}

	@Test
	void whatFailsIsNeitherRepeatedNorADeadLetter() {
		DryRunResult result = dryRun("failing").run(record("{}"), TIMEOUT);

		assertThat(result.failure()).hasMessage("broken");
		assertThat(this.handlers.calls).hasValue(1);
		assertThat(this.cluster.read(this.in + "-failed")).isEmpty();
	}

	@Test
	void decisionsOfTheHandlerAreSaid() {
		assertThat(dryRun("manual").run(record("{}"), TIMEOUT).decision()).isInstanceOf(RejectRecord.class);
		assertThat(dryRun("rejecting").run(record("{}"), TIMEOUT).decision()).isInstanceOf(RejectRecord.class);
	}

	@Test
	void asynchronousHandlersAreWaitedFor() {
		assertThat(dryRun("async").run(record("{}"), TIMEOUT).published())
			.extracting((record) -> TestCluster.text(record.value()))
			.containsExactly("later");
		assertThat(dryRun("never").run(record("{}"), Duration.ofMillis(50)).failure()).hasMessageContaining("50 ms");
	}

	@Test
	void handlerOfBatchesGetsABatchOfOne() {
		assertThat(dryRun("batches").check(record("{\"amount\": 3}")).arguments()).containsEntry("orders",
				List.of(new Order(3)));
		assertThat(dryRun("batches").run(record("{\"amount\": 3}"), TIMEOUT).published()).singleElement()
			.satisfies((record) -> assertThat(TestCluster.text(record.value())).isEqualTo("3"));
		assertThat(dryRun("partly").run(record("{}"), TIMEOUT).failure()).hasMessage("broken");
	}

	private DryRun dryRun(String subscriber) {
		return this.application.bean(DryRuns.class).of(subscriber);
	}

	private ConsumerRecord<byte[], byte[]> record(String body) {
		return new ConsumerRecord<>(this.in, 0, -1, TestCluster.bytes("key"), TestCluster.bytes(body));
	}

	record Order(@Min(1) int amount) {

	}

	static class Handlers {

		final AtomicInteger calls = new AtomicInteger();

		volatile CompletableFuture<PublishResult> noted = new CompletableFuture<>();

		@Value("${out}")
		private String out;

		@StreamSubscriber(topics = "${in}", id = "single")
		@StreamPublisher(topic = "${out}")
		String single(@Valid Order order, StreamOperations operations,
				@Header(name = "asked", required = false) String asked) throws Exception {
			this.calls.incrementAndGet();
			if (asked != null) {
				operations.request(asked, "?", String.class).get();
			}
			this.noted = operations.publish(this.out, "noted");
			return "did " + order.amount();
		}

		@StreamSubscriber(topics = "${in}", id = "filtered")
		@StreamFilter(headers = "type=other")
		void filtered(String body) {
			this.calls.incrementAndGet();
		}

		@StreamSubscriber(topics = "${in}", id = "skipping", unmatched = Unmatched.SKIP)
		@StreamFilter(headers = "type=other")
		void skipping(String body) {
			this.calls.incrementAndGet();
		}

		@StreamSubscriber(topics = "${in}", id = "failing")
		@DeadLetter(topic = "${in}-failed")
		void failing(String body) {
			this.calls.incrementAndGet();
			throw new IllegalStateException("broken");
		}

		@StreamSubscriber(topics = "${in}", id = "manual", ackPolicy = AckPolicy.MANUAL)
		void manual(String body, Acknowledgment acknowledgment) {
			acknowledgment.reject();
		}

		@StreamSubscriber(topics = "${in}", id = "rejecting")
		void rejecting(String body) {
			throw new RejectRecord();
		}

		@StreamSubscriber(topics = "${in}", id = "async")
		@StreamPublisher(topic = "${out}")
		CompletableFuture<String> async(String body) {
			return CompletableFuture.supplyAsync(() -> "later");
		}

		@StreamSubscriber(topics = "${in}", id = "never")
		CompletableFuture<Void> never(String body) {
			return new CompletableFuture<>();
		}

		@StreamSubscriber(topics = "${in}", id = "batches", batch = true)
		@StreamPublisher(topic = "${out}")
		List<Integer> batches(List<@Valid Order> orders) {
			return orders.stream().map(Order::amount).toList();
		}

		@StreamSubscriber(topics = "${in}", id = "partly", batch = true)
		BatchResult partly(List<String> bodies) {
			return BatchResult.success().failed(0, new IllegalStateException("broken"));
		}

	}

}
