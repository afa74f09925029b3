package dev.millrace.guarantee;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.guarantee.RetryHandlers.Attempt;
import dev.millrace.guarantee.RetryHandlers.Flaky;
import dev.millrace.guarantee.RetryHandlers.Matching;
import dev.millrace.guarantee.RetryHandlers.Patient;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Life of a subscriber whose records wait in a topic.
 */
@Timeout(180)
class RetryTopicLifecycleIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void recordsThatWaitWhenTheApplicationStopsAreTriedAfterItHasStarted() {
		String in = this.cluster.newTopic("restart-in", 2);
		Set<String> bodies = new TreeSet<>();
		try (TestApplication application = TestApplication.start(Patient.class, "in=" + in)) {
			for (int i = 0; i < 20; i++) {
				bodies.add("" + (4000 + i));
				this.cluster.send(in, "key-" + i, "" + (4000 + i));
			}
			await().atMost(LONG).until(() -> this.cluster.end(in + "-retry") == 20);
			assertThat(application.bean(Patient.class).attempts).hasSize(20);
		}
		try (TestApplication application = TestApplication.start(Patient.class, "in=" + in)) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.patient.retry", in + "-retry") >= 20);
			// A new application does not know that they have been nacked once.
			assertThat(application.bean(Patient.class).attempts.stream().map(Attempt::body).collect(Collectors.toSet()))
				.isEqualTo(bodies);
		}
	}

	@Test
	void noneIsLostWhenTheApplicationIsKilledWhileRecordsWait() throws Exception {
		String in = this.cluster.newTopic("killed-in", 3);
		String out = this.cluster.newTopic("killed-out", 1);
		int records = 3000;
		IntStream.range(0, records).forEach((i) -> this.cluster.sendLater(in, "key-" + i, "" + i));
		this.cluster.flush();
		Process first = start(this.cluster, in, out);
		await().pollInterval(Duration.ofMillis(20)).atMost(LONG).until(() -> this.cluster.end(out) > records / 10);
		first.destroyForcibly().waitFor();
		assertThat(this.cluster.end(out)).as("replies when it was killed").isLessThan(records);
		Process second = start(this.cluster, in, out);
		try {
			await().atMost(LONG)
				.until(() -> this.cluster.committed("test.crash", in) == records && this.cluster
					.committed("test.crash.retry", in + "-retry") == this.cluster.end(in + "-retry"));
		}
		finally {
			second.destroyForcibly().waitFor();
		}
		Set<String> expected = this.cluster.read(in)
			.stream()
			.map((record) -> record.partition() + ":" + record.offset() + ":" + TestCluster.text(record.value()))
			.collect(Collectors.toSet());
		assertThat(Set.copyOf(this.cluster.values(out))).isEqualTo(expected);
	}

	@Test
	void retriesStopStartAndPauseWithTheirSubscriber() {
		String in = this.cluster.newTopic("stopped-in", 1);
		String out = this.cluster.newTopic("stopped-out", 1);
		try (TestApplication application = start(in, out)) {
			MessageListenerContainer container = application.container("flaky");
			MessageListenerContainer retries = application.container("flaky-retry");
			assertThat(retries.isRunning()).isTrue();
			container.pause();
			assertThat(retries.isPauseRequested()).isTrue();
			container.resume();
			assertThat(retries.isPauseRequested()).isFalse();

			container.stop();

			assertThat(retries.isRunning()).isFalse();
			this.cluster.send(in, "k", "1:x");
			container.start();
			assertThat(retries.isRunning()).isTrue();
			await().atMost(LONG).until(() -> this.cluster.values(out).contains("1:x"));
			assertThat(application.bean(EndpointRegistry.class).all()).extracting((endpoint) -> endpoint.id())
				.containsExactly("flaky");
		}
	}

	@Test
	void subscriberThatDoesNotStartWithTheApplicationHasRetriesThatDoNotEither() {
		String in = this.cluster.newTopic("by-hand-in", 1);
		String out = this.cluster.newTopic("by-hand-out", 1);
		try (TestApplication application = start(in, out, "millrace.subscribers.flaky.auto-startup=false")) {
			assertThat(application.container("flaky-retry").isRunning()).isFalse();
			application.container("flaky").start();
			assertThat(application.container("flaky-retry").isRunning()).isTrue();
		}
	}

	@Test
	void propertyWinsOverAnnotation() {
		String in = this.cluster.newTopic("property-in", 1);
		String out = this.cluster.newTopic("property-out", 1);
		try (TestApplication application = start(in, out, "millrace.subscribers.flaky.retry.mode=lane")) {
			assertThat(application.bean(KafkaListenerEndpointRegistry.class).getListenerContainerIds())
				.containsExactly("flaky");
			assertThat(existing(in + "-retry")).isFalse();
		}
		try (TestApplication application = start(in, out, "millrace.subscribers.flaky.retry.topic=" + in + "-mine")) {
			this.cluster.send(in, "k", "1:x");
			await().atMost(LONG).until(() -> this.cluster.values(out).contains("1:x"));
			assertThat(this.cluster.end(in + "-mine")).isEqualTo(1);
			assertThat(existing(in + "-retry")).isFalse();
			assertThat(application.container("flaky-retry").getContainerProperties().getKafkaConsumerProperties())
				.containsEntry("auto.offset.reset", "earliest");
		}
	}

	@Test
	void retryTopicOfAPatternTakesTheRecordsOfAllItsTopics() {
		String prefix = TestCluster.newName("pattern");
		this.cluster.create(prefix + "-a", 2, Map.of());
		this.cluster.create(prefix + "-b", 4, Map.of());
		try (TestApplication application = TestApplication.start(Matching.class, "prefix=" + prefix)) {
			assertThat(this.cluster.partitions("test.matching." + prefix)).hasSize(4);
			this.cluster.create(prefix + "-c", 6, Map.of());
			this.cluster.send(new ProducerRecord<>(prefix + "-a", 1, null, TestCluster.bytes("a")));
			this.cluster.send(new ProducerRecord<>(prefix + "-b", 3, null, TestCluster.bytes("b")));
			this.cluster.send(new ProducerRecord<>(prefix + "-c", 5, null, TestCluster.bytes("c")));
			Matching handler = application.bean(Matching.class);
			await().atMost(LONG).until(() -> handler.attempts.size() == 6);
			assertThat(handler.attempts.stream().map(Attempt::coordinates).distinct())
				.containsExactlyInAnyOrder(prefix + "-a-1@0", prefix + "-b-3@0", prefix + "-c-5@0");
		}
	}

	private TestApplication start(String in, String out, String... properties) {
		List<String> all = new ArrayList<>(List.of("in=" + in, "out=" + out));
		all.addAll(List.of(properties));
		return TestApplication.start(Flaky.class, all.toArray(String[]::new));
	}

	private boolean existing(String topic) {
		return this.cluster.admin()
			.listTopics()
			.names()
			.toCompletionStage()
			.toCompletableFuture()
			.join()
			.contains(topic);
	}

	private static Process start(TestCluster cluster, String in, String out) throws IOException {
		return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
				System.getProperty("java.class.path"), RetryCrashApplication.class.getName(),
				cluster.bootstrapServers(), in, out)
			.redirectErrorStream(true)
			.redirectOutput(new File("target/retry-crash-application.log"))
			.start();
	}

}
