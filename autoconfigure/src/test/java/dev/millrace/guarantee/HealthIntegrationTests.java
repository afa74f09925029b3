package dev.millrace.guarantee;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.actuate.StreamHealthIndicator;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.StreamHealthAutoConfiguration;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Health of subscribers that can't go on.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class HealthIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void subscriberThatCanNotWriteItsDeadLettersIsDownUntilItCan() {
		String in = this.cluster.newTopic("health-in", 1);
		this.cluster.create(in + "-dlt", 1, Map.of("max.message.bytes", "100"));
		try (TestApplication application = TestApplication.start(Rejecting.class, "in=" + in)) {
			assertThat(health(application).getStatus()).isEqualTo(Status.UP);
			this.cluster.send(in, null, "x");
			await().until(() -> health(application).getStatus().equals(Status.DOWN));
			assertThat(health(application).getDetails()).extractingByKey("rejecting")
				.asString()
				.contains("deadLetterProblem=", "RecordTooLargeException", "deadLetterFailures=");
			this.cluster.configure(in + "-dlt", "max.message.bytes", "1000000");
			await().atMost(Duration.ofSeconds(30)).until(() -> health(application).getStatus().equals(Status.UP));
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("x");
		}
	}

	@Test
	void recordThatIsNeverAcknowledgedShowsInHealthAndLog(CapturedOutput output) {
		String in = this.cluster.newTopic("forgotten-in", 1);
		try (TestApplication application = TestApplication.start(Forgetting.class, "in=" + in,
				"millrace.subscriber.stall-timeout=300ms")) {
			this.cluster.send(in, "k", "x");
			await().until(() -> health(application).getStatus().equals(Status.DOWN));
			assertThat(health(application).getDetails()).extractingByKey("forgetting")
				.asString()
				.contains("unfinishedRecord=" + in + "-0@0 (key k)", "unfinishedFor=PT");
			await().until(() -> output.getOut().contains("the record " + in + "-0@0 (key k) has not been finished"));
			application.bean(Forgetting.class).forgotten.element().ack();
			await().until(() -> health(application).getStatus().equals(Status.UP));
			await().until(() -> this.cluster.committed("test.forgetting", in) == 1);
		}
		assertThat(output.getOut().split("has not been finished", -1)).hasSize(2);
	}

	private static Health health(TestApplication application) {
		Health health = application.bean(StreamHealthIndicator.class).health();
		assertThat(health).isNotNull();
		return health;
	}

	@ImportAutoConfiguration(StreamHealthAutoConfiguration.class)
	static class Rejecting {

		@StreamSubscriber(topics = "${in}", id = "rejecting", ackPolicy = AckPolicy.REJECT_ON_ERROR)
		void handle(String body) {
			throw new IllegalStateException(body);
		}

	}

	@ImportAutoConfiguration(StreamHealthAutoConfiguration.class)
	static class Forgetting {

		final Queue<Acknowledgment> forgotten = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "forgetting", ackPolicy = AckPolicy.MANUAL)
		void handle(String body, Acknowledgment acknowledgment) {
			this.forgotten.add(acknowledgment);
		}

	}

}
