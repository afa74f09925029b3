package dev.millrace.guarantee;

import java.time.Duration;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.availability.ApplicationAvailabilityAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.AvailabilityProbesAutoConfiguration;
import org.springframework.boot.health.autoconfigure.actuate.endpoint.HealthEndpointAutoConfiguration;
import org.springframework.boot.health.autoconfigure.application.AvailabilityHealthContributorAutoConfiguration;
import org.springframework.boot.health.autoconfigure.registry.HealthContributorRegistryAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.actuate.StreamLivenessHealthIndicator;
import dev.millrace.actuate.StreamReadinessHealthIndicator;
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
			await().until(() -> readiness(application).getStatus().equals(Status.UP));
			this.cluster.send(in, null, "x");
			await().until(() -> readiness(application).getStatus().equals(Status.DOWN));
			assertThat(readiness(application).getDetails()).extractingByKey("rejecting")
				.asString()
				.contains("deadLetterProblem=", "RecordTooLargeException", "deadLetterFailures=");
			this.cluster.configure(in + "-dlt", "max.message.bytes", "1000000");
			await().atMost(Duration.ofSeconds(30)).until(() -> readiness(application).getStatus().equals(Status.UP));
			assertThat(this.cluster.values(in + "-dlt")).containsExactly("x");
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { false, true })
	void deadLetterThatIsLeftToOthersIsNoReasonToBeDown(boolean exactlyOnce) {
		String in = this.cluster.newTopic("health-left-in", 1);
		this.cluster.create(in + "-dlt", 1, Map.of("max.message.bytes", "100"));
		try (TestApplication application = TestApplication.start(Rejecting.class, "in=" + in,
				"millrace.subscriber.exactly-once=" + exactlyOnce)) {
			this.cluster.send(in, null, "x");
			await().until(() -> readiness(application).getStatus().equals(Status.DOWN));
			// Between two transactions too.
			await().during(Duration.ofSeconds(1)).until(() -> readiness(application).getStatus().equals(Status.DOWN));
			application.container("rejecting").stop();
			assertThat(readiness(application).getStatus()).isEqualTo(Status.UP);
		}
	}

	@Test
	void recordThatIsNeverAcknowledgedShowsInLivenessAndLog(CapturedOutput output) {
		String in = this.cluster.newTopic("forgotten-in", 1);
		try (TestApplication application = TestApplication.start(Forgetting.class, "in=" + in,
				"millrace.subscriber.stall-timeout=300ms")) {
			this.cluster.send(in, "k", "x");
			await().until(() -> liveness(application).getStatus().equals(Status.DOWN));
			assertThat(liveness(application).getDetails()).extractingByKey("forgetting")
				.asString()
				.contains("stuckRecord=" + in + "-0@0 (key k)", "stuckFor=PT");
			await().until(() -> output.getOut().contains("the record " + in + "-0@0 (key k) has not been finished"));
			application.bean(Forgetting.class).forgotten.element().ack();
			await().until(() -> liveness(application).getStatus().equals(Status.UP));
			await().until(() -> this.cluster.committed("test.forgetting", in) == 1);
		}
		assertThat(output.getOut().split("has not been finished", -1)).hasSize(2);
	}

	@Test
	void stuckHandlerTurnsLivenessDownUntilItIsFree() {
		String in = this.cluster.newTopic("stuck-in", 1);
		try (TestApplication application = TestApplication.start(Stuck.class, "in=" + in,
				"millrace.subscriber.stall-timeout=1s",
				"management.endpoint.health.group.liveness.include=livenessState,millraceLiveness",
				"management.endpoint.health.group.readiness.include=readinessState,millraceReadiness,millraceBroker",
				"management.endpoint.health.probes.enabled=true",
				"management.endpoint.health.group.liveness.show-details=always")) {
			Stuck stuck = application.bean(Stuck.class);
			this.cluster.send(in, "k", "first");
			this.cluster.send(in, "k", "second");
			await().until(() -> group(application, "liveness").getStatus().equals(Status.DOWN));
			assertThat(group(application, "liveness").getComponents()).extractingByKey("millraceLiveness")
				.extracting((health) -> ((HealthDescriptor) health).getStatus())
				.isEqualTo(Status.DOWN);
			assertThat(liveness(application).getDetails()).extractingByKey("stuck")
				.asString()
				.contains("stuckRecord=" + in + "-0@0 (key k)");
			assertThat(group(application, "readiness").getStatus()).isEqualTo(Status.UP);
			stuck.gate.release();
			// The next one begins to count when its handler begins.
			await().until(() -> group(application, "liveness").getStatus().equals(Status.UP));
			await().until(() -> liveness(application).getStatus().equals(Status.DOWN));
			assertThat(liveness(application).getDetails()).extractingByKey("stuck")
				.asString()
				.contains("stuckRecord=" + in + "-0@1 (key k)");
			stuck.gate.release();
			await().until(() -> group(application, "liveness").getStatus().equals(Status.UP));
		}
	}

	@Test
	void recordThatWaitsForItsNextAttemptIsNotStuck(CapturedOutput output) {
		String in = this.cluster.newTopic("waiting-in", 1);
		try (TestApplication application = TestApplication.start(Waiting.class, "in=" + in,
				"millrace.subscriber.stall-timeout=300ms", "millrace.subscriber.retry.delay=1h",
				"millrace.subscriber.retry.max-delay=1h")) {
			this.cluster.send(in, "k", "x");
			await().until(() -> output.getOut().contains("the record " + in + "-0@0 (key k) has not been finished"));
			assertThat(liveness(application).getStatus()).isEqualTo(Status.UP);
		}
	}

	@Test
	void memberWithoutPartitionsIsReadyAndOneWithoutAGroupIsNot() {
		String in = this.cluster.newTopic("ready-in", 1);
		try (TestApplication application = TestApplication.start(Several.class, "in=" + in)) {
			await().until(() -> readiness(application).getStatus().equals(Status.UP));
			assertThat(application.container("several").getAssignedPartitions()).hasSize(1);
			application.container("several").stop();
			assertThat(readiness(application).getStatus()).isEqualTo(Status.UP);
			assertThat(liveness(application).getStatus()).isEqualTo(Status.UP);
		}
	}

	private static CompositeHealthDescriptor group(TestApplication application, String name) {
		return (CompositeHealthDescriptor) application.bean(HealthEndpoint.class).healthForPath(name);
	}

	private static Health liveness(TestApplication application) {
		Health health = application.bean(StreamLivenessHealthIndicator.class).health();
		assertThat(health).isNotNull();
		return health;
	}

	private static Health readiness(TestApplication application) {
		Health health = application.bean(StreamReadinessHealthIndicator.class).health();
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

	@ImportAutoConfiguration({ StreamHealthAutoConfiguration.class, HealthContributorRegistryAutoConfiguration.class,
			HealthEndpointAutoConfiguration.class, AvailabilityHealthContributorAutoConfiguration.class,
			AvailabilityProbesAutoConfiguration.class, ApplicationAvailabilityAutoConfiguration.class })
	static class Stuck {

		final Semaphore gate = new Semaphore(0);

		@StreamSubscriber(topics = "${in}", id = "stuck")
		void handle(String body) throws InterruptedException {
			this.gate.acquire();
		}

	}

	@ImportAutoConfiguration(StreamHealthAutoConfiguration.class)
	static class Waiting {

		@StreamSubscriber(topics = "${in}", id = "waiting")
		void handle(String body) {
			throw new IllegalStateException(body);
		}

	}

	@ImportAutoConfiguration(StreamHealthAutoConfiguration.class)
	static class Several {

		@StreamSubscriber(topics = "${in}", id = "several", consumers = "3")
		void handle(String body) {
			// Nothing is sent.
		}

	}

}
