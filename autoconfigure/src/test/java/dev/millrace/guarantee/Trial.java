package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.awaitility.Awaitility.await;

/**
 * One topic, one group, and applications that come and go: collects what the oracle
 * needs. Only the test's thread calls.
 */
final class Trial implements AutoCloseable {

	/** Longer than any handler that is not meant to outlive a rebalance. */
	static final Duration DRAIN = Duration.ofSeconds(20);

	final TestCluster cluster;

	final HandlingLog log;

	final String topic;

	private final List<String> properties = new ArrayList<>();

	private final List<TestApplication> members = new ArrayList<>();

	private final List<History.Sent> sent = new ArrayList<>();

	private final Map<String, Integer> next = new HashMap<>();

	private final ConcurrentLinkedQueue<History.Sample> samples = new ConcurrentLinkedQueue<>();

	private final ScheduledExecutorService sampler = Executors.newSingleThreadScheduledExecutor();

	private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor();

	Trial(TestCluster cluster, int partitions, Protocol protocol, HandlingLog log, String... properties) {
		this.cluster = cluster;
		this.log = log;
		this.topic = cluster.newTopic("trial", partitions);
		this.properties.addAll(List.of("in=" + this.topic, "millrace.subscriber.group-id=" + this.topic,
				"millrace.shutdown.timeout=" + DRAIN));
		this.properties.addAll(protocol.properties());
		this.properties.addAll(List.of(properties));
		this.sampler.scheduleWithFixedDelay(this::sample, 0, 10, TimeUnit.MILLISECONDS);
	}

	/**
	 * Start an application and wait until it owns a partition.
	 * @param instance the name of the application
	 * @param properties further properties
	 * @return the application
	 */
	TestApplication join(String instance, String... properties) {
		TestApplication member = start(instance, properties);
		await().atMost(Duration.ofSeconds(30)).until(() -> !owned(member).isEmpty());
		return member;
	}

	TestApplication start(String instance, String... properties) {
		List<String> all = properties(instance);
		all.addAll(List.of(properties));
		TestApplication member = TestApplication.start(this.cluster.bootstrapServers(), List.of(this.log),
				Recorder.class, all.toArray(String[]::new));
		this.members.add(member);
		return member;
	}

	List<String> properties(String instance) {
		List<String> all = new ArrayList<>(this.properties);
		all.add("instance=" + instance);
		return all;
	}

	void leave(TestApplication member) {
		this.members.remove(member);
		member.close();
	}

	static List<TopicPartition> owned(TestApplication member) {
		return List.copyOf(member.bean(Recorder.class).owned());
	}

	/**
	 * Send records, by turns of their keys and with the next number of each, and wait
	 * until the broker has them.
	 * @param records the number of records
	 * @param keys the number of keys
	 */
	void send(int records, int keys) {
		onSender(() -> sendNow(records, keys));
	}

	/**
	 * Go on sending until {@link #stopSending()}, so that whatever happens meanwhile
	 * happens while records flow.
	 * @param keys the number of keys, each of which gets about 50 records a second
	 */
	void sendSteadily(int keys) {
		this.sender.scheduleWithFixedDelay(() -> sendNow(keys, keys), 0, 20, TimeUnit.MILLISECONDS);
	}

	void stopSending() {
		this.sender.shutdown();
		await().until(this.sender::isTerminated);
	}

	private void onSender(Runnable task) {
		try {
			this.sender.submit(task).get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private void sendNow(int records, int keys) {
		Map<History.Sent, Future<RecordMetadata>> results = new LinkedHashMap<>();
		for (int i = 0; i < records; i++) {
			String key = "key-" + (i % keys);
			int seq = this.next.merge(key, 1, Integer::sum) - 1;
			results.put(new History.Sent(new TopicPartition(this.topic, -1), -1, key, seq),
					this.cluster.sendLater(this.topic, key, "" + seq));
		}
		this.cluster.flush();
		results.forEach((record, result) -> {
			RecordMetadata metadata = get(result);
			this.sent.add(new History.Sent(new TopicPartition(this.topic, metadata.partition()), metadata.offset(),
					record.key(), record.seq()));
		});
	}

	long committed() {
		return this.cluster.committed(this.topic, this.topic);
	}

	long committed(TopicPartition partition) {
		return this.cluster.committedOffsets(this.topic).getOrDefault(partition, 0L);
	}

	void awaitHandlings(int count) {
		await().atMost(Duration.ofSeconds(60)).until(() -> this.log.started() >= count);
	}

	void awaitHandlings(String instance, int count) {
		await().atMost(Duration.ofSeconds(60)).until(() -> this.log.of(instance).size() >= count);
	}

	/**
	 * Wait until all offsets are committed.
	 */
	void awaitDrained() {
		// Asked again each time: the marker of a transaction may come after its end was
		// reported.
		await().atMost(Duration.ofSeconds(60)).until(() -> committed() == this.cluster.end(this.topic));
	}

	History history() {
		Map<TopicPartition, Long> ends = new HashMap<>();
		this.sent.forEach((record) -> ends.merge(record.partition(), record.offset() + 1, Math::max));
		return new History(this.sent, this.log.all(), List.copyOf(this.samples),
				this.cluster.committedOffsets(this.topic), ends, DRAIN);
	}

	@Override
	public void close() {
		this.sender.shutdownNow();
		this.sampler.shutdownNow();
		this.members.forEach(TestApplication::close);
	}

	private void sample() {
		try {
			Map<TopicPartition, Long> committed = this.cluster.committedOffsets(this.topic);
			this.samples.add(new History.Sample(System.nanoTime(), committed));
		}
		catch (RuntimeException ex) {
			// The broker is not to be reached, as the test may have wanted: no sample.
		}
	}

	private static RecordMetadata get(Future<RecordMetadata> result) {
		try {
			return result.get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
