package dev.millrace.autoconfigure;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;

import dev.millrace.StreamException;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.config.AdminSource;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.ReplayRequest;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What happens to topics that are declared and do not exist.
 */
@Timeout(60)
class MissingTopicsIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = TestCluster.newName("missing-in");

	private final String out = TestCluster.newName("missing-out");

	@Test
	void missingTopicsAreCreatedWithTheirPartitions() {
		try (TestApplication application = TestApplication.start(Copy.class, "in=" + this.in, "out=" + this.out,
				"millrace.topics.partitions=3", "millrace.topics.replicas=1")) {
			assertThat(application.container("copy").isRunning()).isTrue();
			assertThat(this.cluster.partitions(this.in)).hasSize(3);
			assertThat(this.cluster.partitions(this.out)).hasSize(3);
		}
	}

	@Test
	void missingTopicsAreReportedWhereTheyMustExist() {
		FailureAnalysis report = fail("millrace.topics.missing=fail");

		assertThat(report.getDescription()).startsWith("These topics do not exist: ")
			.contains(this.in + "=Subscriber 'copy' (Copy.copy(String) of bean '",
					this.out + "=Subscriber 'copy' (Copy.copy(String) of bean '");
		assertThat(report.getAction()).isEqualTo("Create them, or set millrace.topics.missing=create.");
	}

	@Test
	void topicsOfDeadLettersHaveThePartitionsOfTheirSource() {
		this.cluster.create(this.in, 4, Map.of());
		try (TestApplication application = TestApplication.start(Copy.class, "in=" + this.in, "out=" + this.out)) {
			assertThat(application.container("copy").isRunning()).isTrue();
			assertThat(this.cluster.partitions(this.in + "-dlt")).hasSize(4);
		}
	}

	@Test
	void nobodyAsksForTheTopicsOfDeadLettersAgainWhenAllAreThere() {
		this.cluster.create(this.in, 1, Map.of());
		this.cluster.create(this.out, 1, Map.of());

		assertThat(adminsOfAStart()).isEqualTo(2);
		assertThat(adminsOfAStart()).isEqualTo(1);
	}

	@Test
	void missingTopicOfDeadLettersIsReportedWhereItMustExist() {
		this.cluster.create(this.in, 1, Map.of());
		this.cluster.create(this.out, 1, Map.of());
		FailureAnalysis report = fail("millrace.topics.missing=fail");

		assertThat(report.getDescription()).startsWith("The topic '" + this.in + "-dlt' for the dead letters of ")
			.contains("Subscriber 'copy' (Copy.copy(String) of bean '");
		assertThat(report.getAction()).contains("millrace.topics.missing=create", "@DeadLetter(enabled = false)");
	}

	@Test
	void missingTopicThatIsNeededLaterIsNamedWhereItMustExist() {
		this.cluster.create(this.in, 1, Map.of());
		this.cluster.create(this.out, 1, Map.of());
		this.cluster.create(this.in + "-dlt", 1, Map.of());
		String log = TestCluster.newName("missing-log");
		try (TestApplication application = TestApplication.start(Copy.class, "in=" + this.in, "out=" + this.out,
				"millrace.topics.missing=fail", "millrace.dead-letters.log=" + log)) {
			assertThatExceptionOfType(StreamException.class)
				.isThrownBy(() -> application.bean(DeadLetters.class).replay(ReplayRequest.of("copy")))
				.havingCause()
				.withMessage("The topic '%s' does not exist. Create it, or let the application do so:".formatted(log)
						+ " millrace.topics.missing=create.");
		}
	}

	@Test
	void topicThatTheBrokerRefusesToCreateIsReported() {
		FailureAnalysis report = fail("millrace.topics.replicas=5");

		assertThat(report.getDescription()).startsWith("The topic '")
			.contains("of Subscriber 'copy' (Copy.copy(String) of bean '", "could not be created (");
		assertThat(report.getAction()).contains("millrace.topics.missing=ignore");
	}

	private int adminsOfAStart() {
		try (TestApplication application = TestApplication.start(Counted.class, "in=" + this.in, "out=" + this.out)) {
			return application.bean(CountingAdmin.class).created.get();
		}
	}

	private FailureAnalysis fail(String property) {
		return StartupFailure.of(Copy.class, "spring.kafka.bootstrap-servers=" + this.cluster.bootstrapServers(),
				"in=" + this.in, "out=" + this.out, property);
	}

	static class Copy {

		@StreamSubscriber(topics = "${in}", id = "copy")
		@StreamPublisher("${out}")
		String copy(String body) {
			return body;
		}

	}

	static class Counted extends Copy {

		@Bean
		static CountingAdmin kafkaAdmin(KafkaProperties properties) {
			return new CountingAdmin(properties.buildAdminProperties());
		}

	}

	static class CountingAdmin extends KafkaAdmin implements AdminSource {

		private final AtomicInteger created = new AtomicInteger();

		CountingAdmin(Map<String, Object> properties) {
			super(properties);
		}

		@Override
		public Admin createAdmin() {
			this.created.incrementAndGet();
			return Admin.create(getConfigurationProperties());
		}

	}

}
