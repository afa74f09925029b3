package dev.millrace.guarantee;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Import;

import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A partition with a backlog does not keep the others waiting.
 */
@Timeout(120)
class FairShareIntegrationTests {

	private static final int BACKLOG = 500;

	private static final String LATE = "late";

	private final TestCluster cluster = TestCluster.shared();

	@ParameterizedTest
	@ValueSource(classes = { Blocking.class, Staged.class })
	void recordOfAnotherPartitionIsHandledBeforeTheBacklogIsDone(Class<? extends Gated> handler) {
		String in = this.cluster.newTopic("share-in", 2);
		for (int i = 0; i < BACKLOG; i++) {
			send(in, 0, "backlog");
		}
		try (TestApplication application = TestApplication.start(handler, "in=" + in,
				"millrace.subscriber.concurrency=1")) {
			Gated gated = application.bean(handler);
			await().until(() -> gated.handled.size() == 1);
			send(in, 1, LATE);
			await().until(() -> application.bean(Positions.class).position(new TopicPartition(in, 1)) == 1);

			gated.gate.complete(null);

			await().until(() -> gated.handled.size() == BACKLOG + 1);
			assertThat(List.copyOf(gated.handled).indexOf(LATE)).isLessThan(10);
		}
	}

	private void send(String topic, int partition, String body) {
		this.cluster.send(new ProducerRecord<>(topic, partition, null, TestCluster.bytes(body)));
	}

	@Import(Positions.class)
	abstract static class Gated {

		final CompletableFuture<Void> gate = new CompletableFuture<>();

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

	}

	static class Blocking extends Gated {

		@StreamSubscriber(topics = "${in}", id = "blocking")
		void handle(String body) {
			this.handled.add(body);
			this.gate.join();
		}

	}

	static class Staged extends Gated {

		@StreamSubscriber(topics = "${in}", id = "staged")
		CompletionStage<Void> handle(String body) {
			this.handled.add(body);
			return this.gate.thenRun(() -> {
			});
		}

	}

}
