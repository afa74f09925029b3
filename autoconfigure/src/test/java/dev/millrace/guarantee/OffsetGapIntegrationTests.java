package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Offsets that no record has.
 */
@Timeout(120)
class OffsetGapIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	@Test
	@DisplayName("8: aborted transactions and markers, many times the window")
	void windowNeitherCountsGapsNorStopsAtThem() {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(0);
		try (Trial trial = new Trial(this.cluster, 1, Protocol.EAGER, log, "millrace.subscriber.window.high=20",
				"spring.kafka.consumer.max-poll-records=10", "spring.kafka.consumer.isolation-level=read_committed");
				KafkaProducer<String, String> producer = transactional(trial.topic)) {
			TopicPartition partition = new TopicPartition(trial.topic, 0);
			TestApplication member = trial.join("only");
			for (int i = 0; i < 30; i++) {
				transaction(producer, trial.topic, 10 * (i % 3), i % 3 != 1 && i < 28);
			}
			trial.awaitDrained();
			// Of thirty, 10 are empty, 10 of ten records are aborted, and of 10 of twenty
			// records the last one is.
			assertThat(log.started()).isEqualTo(9 * 20);
			assertThat(trial.committed()).as("behind the last marker").isEqualTo(10 * 11 + 10 * 21);
			assertThat(member.bean(Positions.class).paused(partition)).isFalse();
			transaction(producer, trial.topic, 50, true);
			trial.awaitDrained();
			assertThat(log.started()).isEqualTo(9 * 20 + 50);
		}
	}

	@Test
	@DisplayName("9: gaps of compaction, and an offset committed within one")
	void compactedTopicIsHandledExactlyAsItIs() throws Exception {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(0);
		try (Trial trial = new Trial(this.cluster, 1, Protocol.EAGER, log)) {
			TopicPartition partition = new TopicPartition(trial.topic, 0);
			configure(trial.topic,
					Map.of("cleanup.policy", "compact", "segment.ms", "100", "min.cleanable.dirty.ratio", "0.01"));
			for (int i = 0; i < 30; i++) {
				this.cluster.send(trial.topic, "key-" + (i / 10), "" + i);
			}
			// What is written last is never compacted, so write until the rest is.
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				this.cluster.send(trial.topic, "last", "0");
				return offsets(trial.topic).stream().filter((offset) -> offset < 30).count() == 3;
			});
			configure(trial.topic, Map.of("cleanup.policy", "delete"));
			await().during(Duration.ofSeconds(1)).until(() -> offsets(trial.topic), (offsets) -> true);
			List<Long> left = offsets(trial.topic);
			assertThat(left).startsWith(9L, 19L, 29L);

			TestApplication first = trial.join("first");
			trial.awaitDrained();
			trial.leave(first);
			assertThat(log.of("first")).extracting(Handling::offset).containsExactlyInAnyOrderElementsOf(left);

			this.cluster.admin()
				.alterConsumerGroupOffsets(trial.topic, Map.of(partition, new OffsetAndMetadata(5)))
				.all()
				.get();
			trial.join("second");
			trial.awaitDrained();
			assertThat(log.of("second")).extracting(Handling::offset).containsExactlyInAnyOrderElementsOf(left);
		}
	}

	private List<Long> offsets(String topic) {
		return this.cluster.read(topic).stream().map(ConsumerRecord::offset).toList();
	}

	private void configure(String topic, Map<String, String> settings) throws Exception {
		List<AlterConfigOp> changes = settings.entrySet()
			.stream()
			.map((setting) -> new AlterConfigOp(new ConfigEntry(setting.getKey(), setting.getValue()),
					AlterConfigOp.OpType.SET))
			.toList();
		this.cluster.admin()
			.incrementalAlterConfigs(Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic), changes))
			.all()
			.get();
	}

	private KafkaProducer<String, String> transactional(String id) {
		KafkaProducer<String, String> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", this.cluster.bootstrapServers(), "transactional.id", id),
				new StringSerializer(), new StringSerializer());
		producer.initTransactions();
		return producer;
	}

	private static void transaction(KafkaProducer<String, String> producer, String topic, int records, boolean commit) {
		producer.beginTransaction();
		for (int i = 0; i < records; i++) {
			producer.send(new ProducerRecord<>(topic, "key", "" + i));
		}
		producer.flush();
		if (commit) {
			producer.commitTransaction();
		}
		else {
			producer.abortTransaction();
		}
	}

}
