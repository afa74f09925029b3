package dev.millrace.guarantee;

import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.AckPolicy;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.Replay;
import dev.millrace.deadletter.ReplayRequest;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Replays whose broker goes away while they read dead letters.
 */
@Timeout(120)
class ReplayOutageIntegrationTests {

	private static final int COUNT = 40;

	private final TcpProxy network = new TcpProxy();

	private final EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults()
		.withPort(0)
		.withProperties(Map.of("advertised.listeners", "PLAINTEXT://localhost:" + this.network.port())));

	private final String bootstrapServers = "localhost:" + this.network.port();

	@AfterEach
	void stop() {
		this.broker.close();
		this.network.close();
	}

	@Test
	void replayThatGetsNoFurtherFailsAndSaysWhere() {
		try (TestApplication application = start("spring.kafka.consumer.properties.default.api.timeout.ms=3000")) {
			DeadLetters letters = application.bean(DeadLetters.class);
			beginAndCut(letters);

			await().atMost(Duration.ofSeconds(30)).until(() -> current(letters).state() == Replay.State.FAILED);
			assertThat(current(letters).problem()).containsPattern("orders-dlt-0@\\d+ .* ended at " + COUNT)
				.contains("default.api.timeout.ms");
			assertThat(current(letters).replayed()).isZero();
			this.network.mend();
		}
	}

	@Test
	void cancelledReplayEndsWithoutABroker() {
		try (TestApplication application = start()) {
			DeadLetters letters = application.bean(DeadLetters.class);
			beginAndCut(letters);

			letters.cancel(current(letters).id());

			await().atMost(Duration.ofSeconds(30)).until(() -> current(letters).state() == Replay.State.CANCELLED);
			assertThat(current(letters).total()).isLessThan(COUNT);
			this.network.mend();
		}
	}

	// Each dead letter needs a fetch of its own, so that there is something left to read.
	private TestApplication start(String... properties) {
		this.network.forwardTo(this.broker.port());
		return TestApplication.start(this.bootstrapServers, Broken.class,
				Stream
					.concat(Stream.of("spring.kafka.producer.batch-size=0",
							"spring.kafka.consumer.properties.max.partition.fetch.bytes=1"), Stream.of(properties))
					.toArray(String[]::new));
	}

	private void beginAndCut(DeadLetters letters) {
		try (TestCluster cluster = new TestCluster(this.bootstrapServers)) {
			IntStream.range(0, COUNT).forEach((i) -> cluster.send("orders", "key", "" + i));
			await().atMost(Duration.ofSeconds(30)).until(() -> cluster.end("orders-dlt") == COUNT);
		}
		this.network.delay(Duration.ofMillis(50));
		letters.replay(ReplayRequest.of("broken"));
		await().atMost(Duration.ofSeconds(30)).until(() -> current(letters).total() > 0);
		this.network.cut();
		this.network.delay(Duration.ZERO);
	}

	private static Replay current(DeadLetters letters) {
		return letters.replays().get(0);
	}

	static class Broken {

		@StreamSubscriber(topics = "orders", id = "broken", ackPolicy = AckPolicy.REJECT_ON_ERROR)
		void handle(String order) {
			throw new IllegalStateException("broken");
		}

	}

}
