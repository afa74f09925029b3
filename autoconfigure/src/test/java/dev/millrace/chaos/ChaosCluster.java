package dev.millrace.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.broker.BrokerCluster;
import dev.millrace.broker.BrokerProcess;
import dev.millrace.broker.BrokerSettings;
import dev.millrace.support.TestCluster;

import static org.awaitility.Awaitility.await;

/**
 * Three brokers, of which one at a time is killed. With three replicas of everything, two
 * of them in sync for each write, that is nothing that may cost a record.
 */
final class ChaosCluster implements AutoCloseable {

	private static final int NODES = 3;

	private static final Duration RECOVERY = Duration.ofMinutes(3);

	private static final String OFFSETS = "__consumer_offsets";

	private final List<Interval> outages = Collections.synchronizedList(new ArrayList<>());

	private final List<String> topics = new ArrayList<>();

	private final BrokerCluster brokers;

	private final TestCluster client;

	private CompletableFuture<Void> recovery = CompletableFuture.completedFuture(null);

	private ChaosCluster(BrokerCluster brokers) {
		this.brokers = brokers;
		this.client = new TestCluster(brokers.bootstrapServers());
	}

	static ChaosCluster start() {
		String session = "" + Plan.SESSION.toMillis();
		String heartbeat = "" + Plan.HEARTBEAT.toMillis();
		return new ChaosCluster(BrokerCluster.start(NODES, BrokerSettings.defaults()
			// A broker that was killed may come back when its session is over.
			.withProperties(Map.of("broker.session.timeout.ms", "3000",
					"transaction.abort.timed.out.transaction.cleanup.interval.ms", "1000",
					"group.consumer.session.timeout.ms", session, "group.consumer.min.session.timeout.ms", session,
					"group.consumer.heartbeat.interval.ms", heartbeat, "group.consumer.min.heartbeat.interval.ms",
					heartbeat))));
	}

	TestCluster client() {
		return this.client;
	}

	String bootstrapServers() {
		return this.brokers.bootstrapServers();
	}

	String newTopic(String name) {
		String topic = TestCluster.newName(name);
		NewTopic created = new NewTopic(topic, Optional.of(Plan.PARTITIONS), Optional.of((short) NODES))
			.configs(Map.of("min.insync.replicas", "2"));
		get(this.client.admin().createTopics(List.of(created)).all());
		this.topics.add(topic);
		await().atMost(RECOVERY).ignoreExceptions().until(() -> ends(topic).size() == Plan.PARTITIONS);
		return topic;
	}

	/**
	 * Kill a broker and have it started again in the background. Waits for the one that
	 * was killed before.
	 * @param draw which one
	 * @return its name
	 */
	String killBroker(int draw) {
		awaitRecovery();
		int id = draw % NODES + 1;
		BrokerProcess node = this.brokers.node(id);
		long from = System.nanoTime();
		node.kill();
		this.recovery = CompletableFuture.runAsync(() -> {
			node.restart();
			await().atMost(RECOVERY).ignoreExceptions().until(this::isInSync);
			this.outages.add(new Interval(from, System.nanoTime()));
		});
		return "broker-" + id;
	}

	void awaitRecovery() {
		this.recovery.join();
	}

	/**
	 * Return the outages so far; one that has not ended is not among them.
	 * @return the outages
	 */
	List<Interval> outages() {
		return List.copyOf(this.outages);
	}

	Map<Integer, Long> ends(String topic) {
		Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
		for (int partition = 0; partition < Plan.PARTITIONS; partition++) {
			latest.put(new TopicPartition(topic, partition), OffsetSpec.latest());
		}
		Map<Integer, Long> ends = new HashMap<>();
		get(this.client.admin().listOffsets(latest).all())
			.forEach((partition, info) -> ends.put(partition.partition(), info.offset()));
		return ends;
	}

	Map<Integer, Long> committed(String group, String topic) {
		Map<Integer, Long> committed = new HashMap<>();
		this.client.committedOffsets(group).forEach((partition, offset) -> {
			if (partition.topic().equals(topic)) {
				committed.put(partition.partition(), offset);
			}
		});
		return committed;
	}

	@Override
	public void close() {
		this.client.close();
		// Not in the midst of a restart, which would leave a broker behind
		this.recovery.exceptionally((failure) -> null).join();
		this.brokers.close();
	}

	private boolean isInSync() {
		List<String> all = new ArrayList<>(this.topics);
		all.add(OFFSETS);
		return get(this.client.admin().describeTopics(all).allTopicNames()).values()
			.stream()
			.map(TopicDescription::partitions)
			.flatMap(List::stream)
			.allMatch((partition) -> partition.isr().size() == NODES);
	}

	private static <T> T get(KafkaFuture<T> future) {
		return future.toCompletionStage().toCompletableFuture().join();
	}

}
