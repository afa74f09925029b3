package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.millrace.AckPolicy;
import dev.millrace.AckRecord;
import dev.millrace.Acknowledgment;
import dev.millrace.NackRecord;
import dev.millrace.RejectRecord;
import dev.millrace.SkipRecord;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When a record is finished, under each policy.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class AckPolicyIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("ack-in", 1);

	private final String out = this.cluster.newTopic("ack-out", 1);

	@Test
	@Behaviour(160)
	void ackOnSuccessRetriesThenWritesADeadLetter() {
		try (TestApplication application = start(AckPolicy.ACK_ON_SUCCESS, "1", "fail", "2")) {
			await().atMost(LONG).until(() -> committed() == 3);
			assertThat(calls(application)).containsExactly("1", "fail", "fail", "fail", "2");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("fail");
			assertThat(this.cluster.values(this.out)).containsExactly("1", "2");
		}
	}

	@Test
	@Behaviour({ 160, 161, 163 })
	void rejectOnErrorWritesADeadLetterAtOnce() {
		try (TestApplication application = start(AckPolicy.REJECT_ON_ERROR, "1", "fail", "2")) {
			await().atMost(LONG).until(() -> committed() == 3);
			assertThat(calls(application)).containsExactly("1", "fail", "2");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("fail");
		}
	}

	@Test
	@Behaviour({ 160, 162 })
	void nackOnErrorTriesAgainUntilItSucceeds() {
		try (TestApplication application = start(AckPolicy.NACK_ON_ERROR, "1", "fail", "2")) {
			await().atMost(LONG).until(() -> calls(application).size() > 6);
			assertThat(committed()).isLessThanOrEqualTo(1);
			application.bean(Handler.class).failing = false;
			await().atMost(LONG).until(() -> committed() == 3);
			assertThat(this.cluster.values(this.out)).containsExactly("1", "fail", "2");
		}
	}

	@ParameterizedTest
	@Behaviour(161)
	@EnumSource(names = { "ACK", "ACK_FIRST" })
	void ackAndAckFirstLeaveBehindWhatFails(AckPolicy policy, CapturedOutput output) {
		try (TestApplication application = start(policy, "1", "fail", "2")) {
			await().atMost(LONG).until(() -> committed() == 3 && calls(application).size() == 3);
			await().atMost(LONG).until(() -> this.cluster.values(this.out).equals(List.of("1", "2")));
			assertThat(calls(application)).containsExactly("1", "fail", "2");
		}
		assertThat(output).contains("attempt 1; the record is left behind").contains("IllegalStateException");
	}

	@Test
	@Behaviour(159)
	void ackFirstHasCommittedWhenTheHandlerRuns() {
		try (TestApplication application = start(AckPolicy.ACK_FIRST, "look")) {
			await().atMost(LONG).until(() -> calls(application).size() == 1);
			assertThat(application.bean(Handler.class).seen).containsEntry("look", 1L);
		}
	}

	@Test
	@Behaviour(144)
	void ackHasNotCommittedWhenTheHandlerRuns() {
		try (TestApplication application = start(AckPolicy.ACK, "look")) {
			await().atMost(LONG).until(() -> committed() == 1);
			assertThat(application.bean(Handler.class).seen.get("look")).isLessThanOrEqualTo(0);
		}
	}

	@ParameterizedTest
	@Behaviour(147)
	@EnumSource(names = { "ACK_ON_SUCCESS", "REJECT_ON_ERROR", "NACK_ON_ERROR", "ACK", "MANUAL" })
	void exceptionsDecideAboutARecordUnderEveryPolicyThatCommitsAfterwards(AckPolicy policy, CapturedOutput output) {
		Class<?> handler = (policy == AckPolicy.MANUAL) ? ManualHandler.class : Handler.class;
		try (TestApplication application = start(handler, policy, "ack", "skip", "nack", "reject", "ack")) {
			await().atMost(LONG).until(() -> committed() == 5);
			assertThat(application.bean(Calls.class).calls).containsExactly("ack", "skip", "nack", "nack", "nack",
					"reject", "ack");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("reject");
			assertThat(this.cluster.values(this.out)).isEmpty();
		}
		assertThat(output).doesNotContain("the next one is in").contains("RejectRecord: out of range");
	}

	@Test
	@Behaviour(149)
	void manualRecordIsFinishedWhenItIsAcknowledgedFromAnotherThread() {
		try (TestApplication application = start(ManualHandler.class, AckPolicy.MANUAL, "a", "b", "c")) {
			ManualHandler handler = application.bean(ManualHandler.class);
			await().atMost(LONG).until(() -> this.cluster.values(this.out).equals(List.of("a", "b", "c")));
			await().during(Duration.ofSeconds(1)).until(() -> committed() <= 0);
			handler.acknowledgments.get("b").ack();
			handler.acknowledgments.get("a").ack();
			await().atMost(LONG).until(() -> committed() == 2);
			handler.acknowledgments.get("c").reject();
			handler.acknowledgments.get("c").ack();
			await().atMost(LONG).until(() -> committed() == 3);
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("c");
		}
	}

	@Test
	@Behaviour(146)
	void firstCallDecides() {
		try (TestApplication application = start(ManualHandler.class, AckPolicy.MANUAL, "nack and ack", "reject here",
				"ack and throw")) {
			await().atMost(LONG).until(() -> committed() == 3);
			assertThat(application.bean(Calls.class).calls).containsExactly("nack and ack", "nack and ack",
					"reject here", "ack and throw");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("reject here");
			assertThat(this.cluster.values(this.out)).containsExactly("nack and ack");
		}
	}

	@Test
	void exceptionBeforeADecisionIsAFailure() {
		try (TestApplication application = start(ManualHandler.class, AckPolicy.MANUAL, "fail")) {
			await().atMost(LONG).until(() -> committed() == 1);
			assertThat(application.bean(Calls.class).calls).containsExactly("fail", "fail", "fail");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("fail");
		}
	}

	private TestApplication start(AckPolicy policy, String... values) {
		return start(Handler.class, policy, values);
	}

	private TestApplication start(Class<?> handler, AckPolicy policy, String... values) {
		List.of(values).forEach((value) -> this.cluster.send(this.in, value, value));
		return TestApplication.start(handler, "in=" + this.in, "out=" + this.out,
				"millrace.subscribers.handler.ack-policy=" + policy);
	}

	private long committed() {
		return this.cluster.committed("test.handler", this.in);
	}

	private static Queue<String> calls(TestApplication application) {
		return application.bean(Handler.class).calls;
	}

	static class Calls {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		String control(String body) {
			this.calls.add(body);
			long attempts = this.calls.stream().filter(body::equals).count();
			switch (body) {
				case "ack" -> throw new AckRecord();
				case "skip" -> throw new SkipRecord();
				case "reject" -> throw new RejectRecord("out of range");
				case "nack" -> {
					throw (attempts == 1) ? new NackRecord()
							: (attempts == 2) ? new NackRecord(Duration.ZERO) : new AckRecord();
				}
				default -> {
					return body;
				}
			}
		}

	}

	static class Handler extends Calls {

		final Map<String, Long> seen = new ConcurrentHashMap<>();

		private final String in;

		volatile boolean failing = true;

		Handler(@Value("${in}") String in) {
			this.in = in;
		}

		@StreamSubscriber(topics = "${in}", id = "handler")
		@StreamPublisher("${out}")
		@Retry(attempts = "3")
		String handle(String body) {
			control(body);
			if (body.equals("look")) {
				this.seen.put(body, TestCluster.shared().committed("test.handler", this.in));
			}
			if (body.equals("fail") && this.failing) {
				throw new IllegalStateException(body);
			}
			return body;
		}

	}

	static class ManualHandler extends Calls {

		final Map<String, Acknowledgment> acknowledgments = new ConcurrentHashMap<>();

		@StreamSubscriber(topics = "${in}", id = "handler")
		@StreamPublisher("${out}")
		@Retry(attempts = "3")
		String handle(String body, Acknowledgment acknowledgment) {
			control(body);
			boolean again = this.acknowledgments.put(body, acknowledgment) != null;
			switch (body) {
				case "fail" -> throw new IllegalStateException(body);
				case "nack and ack" -> {
					if (!again) {
						acknowledgment.nack(Duration.ofMillis(10));
					}
					acknowledgment.ack();
				}
				case "reject here" -> acknowledgment.reject();
				case "ack and throw" -> {
					acknowledgment.ack();
					throw new IllegalStateException(body);
				}
				default -> {
				}
			}
			return body;
		}

	}

}
