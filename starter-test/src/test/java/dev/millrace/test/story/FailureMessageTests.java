package dev.millrace.test.story;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.Response;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Each assertion fails when it should, and says what there was instead.
 */
@StreamTest(properties = "millrace.shutdown.timeout=500ms")
class FailureMessageTests {

	@Autowired
	private StreamTestKit kit;

	@BeforeEach
	void publish() {
		this.kit.publish("orders", Response.of(new Order(7)).withKey("k%d").withHeader("tenant", "a"));
	}

	@Test
	void recordThatIsMissing() {
		expect(() -> assertThat(this.kit.topic("nowhere")).hasRecord(), """

				Expected in nowhere a record, but there are none
				""", "orders: 1:", "0@", "key=k%d body={\"id\":7} headers={", "tenant=a");
	}

	@Test
	void recordWithAnotherKey() {
		expect(() -> assertThat(this.kit.topic("receipts")).hasRecord().withKey("1"),
				"Expected in receipts a record with the key 1, among 1 that fit so far, but there are 1:", "key=k%d");
	}

	@Test
	void recordWithAnotherBody() {
		expect(() -> assertThat(this.kit.topic("receipts")).hasRecord().withBody("Receipt for 8"),
				"Expected in receipts a record with the body Receipt for 8", "body=Receipt for 7");
	}

	@Test
	void recordWithAnotherHeader() {
		expect(() -> assertThat(this.kit.topic("orders")).hasRecord().withHeader("tenant", "b"),
				"a record with the header tenant=b", "tenant=a");
	}

	@Test
	void recordInAnotherPartition() {
		expect(() -> assertThat(this.kit.topic("orders")).hasRecord().inPartition(1),
				"a record with the partition 1, among 1 that fit so far");
	}

	@Test
	void recordThatIsThereTwice() {
		this.kit.publish("orders", "k%d", new Order(7));
		expect(() -> assertThat(this.kit.topic("receipts")).hasRecord().withBody("Receipt for 7").once(),
				"Expected one such record in receipts, but there are 2:");
	}

	@Test
	void numberOfRecords() {
		expect(() -> assertThat(this.kit.topic("receipts")).hasRecords(2),
				"Expected 2 records in receipts, but there are 1:");
		expect(() -> assertThat(this.kit.topic("receipts")).isEmpty(),
				"Expected 0 records in receipts, but there are 1:");
	}

	@Test
	void callWithOtherArguments() {
		expect(() -> assertThat(this.kit.subscriber("billing")).wasCalledWith(new Order(8)),
				"Expected a call of billing with [Order[id=8]], but there were 1:",
				"attempt 1: [Order[id=7]] -> Receipt for 7");
	}

	@Test
	void numberOfCalls() {
		expect(() -> assertThat(this.kit.subscriber("billing")).wasCalled(2),
				"Expected 2 calls of billing, but there were 1:");
		expect(() -> assertThat(this.kit.subscriber("billing")).wasNotCalled(),
				"Expected 0 calls of billing, but there were 1:");
	}

	@Test
	void otherOutcome() {
		expect(() -> assertThat(this.kit.subscriber("billing")).returned("Receipt for 8"),
				"Expected a call of billing that returned Receipt for 8, but there were 1:",
				"[Order[id=7]] -> Receipt for 7");
		expect(() -> assertThat(this.kit.subscriber("billing")).threw(IllegalStateException.class),
				"Expected a call of billing that threw java.lang.IllegalStateException, but there were 1:");
	}

	@Test
	void nothingPublished() {
		expect(() -> assertThat(this.kit.subscriber("failing")).published(),
				"Expected in what failing has published a record, but there are none");
	}

	@Test
	void deadLetterThatIsMissing() {
		expect(() -> assertThat(this.kit.subscriber("billing")).deadLettered(),
				"Expected in orders-dlt a record, but there are none");
	}

	@Test
	void deadLetterThatIsThereTellsWhatTheHandlerHasThrown() {
		this.kit.publish("failing", "body");
		expect(() -> assertThat(this.kit.subscriber("failing")).hasNoDeadLetters(),
				"Expected 0 records in failing-dlt, but there are 1:",
				"attempt 1: [body] -> java.lang.IllegalStateException: On purpose",
				"attempt 2: [body] -> java.lang.IllegalStateException: On purpose");
	}

	@Test
	void whatIsNotCommitted() {
		this.kit.send("undecided", "body");
		expect(() -> this.kit.settle(Duration.ofMillis(300)), "Not everything has settled.", "undecided: 1:",
				"%n  undecided:%n    undecided-0@".formatted(), "Left:%n  Subscriber 'undecided' (".formatted(),
				"has committed undecided-0 up to ", "but it ends at ");
		expect(() -> assertThat(this.kit.subscriber("undecided")).committed(),
				"Expected all offsets to be committed, but [Subscriber 'undecided' (", "Left:%n  Sub".formatted());
		expect(() -> assertThat(this.kit.subscriber("undecided"))
			.committedUpTo(this.kit.topic("undecided").records().get(0)),
				"Expected undecided-0 to be committed by undecided up to offset ");
	}

	@Test
	void argumentsThatAreNull() {
		this.kit.publish("tombstones", Response.tombstone("key"));

		assertThat(this.kit.subscriber("tombstones")).wasCalledWith((Object) null).wasCalledWith((Object[]) null);
		expect(() -> assertThat(this.kit.subscriber("tombstones")).wasCalledWith("body"),
				"Expected a call of tombstones with [body], but there were 1:", "attempt 1: [null] -> null");
	}

	@Test
	void argumentsThatAreArrays() {
		this.kit.publish("bytes", new byte[] { 1, 2 });

		assertThat(this.kit.subscriber("bytes")).wasCalledWith(new byte[] { 1, 2 });
		expect(() -> assertThat(this.kit.subscriber("bytes")).wasCalledWith(new byte[] { 1, 3 }),
				"Expected a call of bytes with ");
	}

	@Test
	void handlerThatDoesNotReturn() {
		this.kit.send("stuck", "body");
		expect(() -> this.kit.settle(Duration.ofMillis(500)), "Not everything has settled.",
				"Left:%n  Handlers are running, or records are on their way".formatted(),
				"Subscriber 'stuck' (Handlers.waitForEver(String) of bean", "has unfinished records: ");
	}

	@Test
	void crashThatDoesNotCome() {
		this.kit.faults().crashAfter(3);
		this.kit.send("orders", new Order(8));
		expect(() -> this.kit.settle(Duration.ofMillis(300)),
				"The application is to crash after 2 more calls of handlers");
	}

	private static void expect(ThrowingCallable assertion, String... parts) {
		assertThatExceptionOfType(AssertionError.class).isThrownBy(assertion).satisfies((error) -> {
			assertThat(error.getMessage()).contains("Published:", "orders: ", "Handled:", "billing:", "Left:");
			for (String part : parts) {
				assertThat(error.getMessage()).contains(part.strip());
			}
		});
	}

	@SpringBootApplication
	@Import(Handlers.class)
	static class Application {

	}

	record Order(int id) {

	}

	static class Handlers {

		@StreamSubscriber(topics = "orders", id = "billing")
		@StreamPublisher("receipts")
		String bill(Order order) {
			return "Receipt for " + order.id();
		}

		@StreamSubscriber(topics = "failing", id = "failing")
		@Retry(attempts = "2")
		void fail(String body) {
			throw new IllegalStateException("On purpose");
		}

		@StreamSubscriber(topics = "tombstones", id = "tombstones")
		void delete(@Nullable String body) {
			// What it was called with is looked at.
		}

		@StreamSubscriber(topics = "bytes", id = "bytes")
		void bytes(byte[] body) {
			// What it was called with is looked at.
		}

		@StreamSubscriber(topics = "stuck", id = "stuck")
		void waitForEver(String body) throws InterruptedException {
			new CountDownLatch(1).await();
		}

		@StreamSubscriber(topics = "undecided", id = "undecided", ackPolicy = AckPolicy.MANUAL)
		void undecided(String body, Acknowledgment acknowledgment) {
			// Nobody ever decides about the record.
		}

	}

}
