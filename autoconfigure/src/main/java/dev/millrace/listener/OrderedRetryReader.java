package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.dispatch.Timer;
import dev.millrace.failure.ParkedPartitions;
import dev.millrace.listener.RetryPartition.State;

/**
 * Reads, for each partition that a consumer owns, the partition of the retry topic that
 * has the same number, and so nobody else does: with a client of its own that is in no
 * group, on the consumer's thread. What is finished is committed by the consumer, so a
 * consumer that has lost its partitions can't.
 * <p>
 * A partition that has come is held until its retries have been looked through from the
 * committed offset to the end, for the keys of those that wait. Then they are read from
 * the committed offset again, now to be handled.
 */
public final class OrderedRetryReader implements RetryReader {

	private static final Log logger = LogFactory.getLog(OrderedRetryReader.class);

	/**
	 * How long the consumer's thread waits for retries that hold a partition.
	 */
	private static final Duration WHILE_HELD = Duration.ofMillis(200);

	/**
	 * How long it waits for retries that are known to be there.
	 */
	private static final Duration WHILE_EXPECTED = Duration.ofMillis(10);

	private static final long AFTER_PROBLEM = TimeUnit.SECONDS.toNanos(1);

	/**
	 * Some days after its last commit, the broker forgets the offset of a topic that the
	 * group does not subscribe to.
	 */
	private static final long COMMIT_AGAIN = TimeUnit.HOURS.toNanos(1);

	private final Map<TopicPartition, RetryPartition> partitions = new HashMap<>();

	private final String topic;

	private final Supplier<Consumer<byte[], byte[]>> clients;

	private final RetryLocator locator;

	private final RecordHandler processor;

	private final ParkedPartitions parked;

	private final Timer timer;

	private @Nullable Consumer<byte[], byte[]> client;

	private long notBefore;

	private long lastCommitAgain;

	/**
	 * Create a reader that has nothing to read yet.
	 * @param topic the retry topic
	 * @param consumer the consumer whose partitions it belongs to
	 * @param clients make the client that reads
	 * @param processor handles the retries when they are due
	 * @param parked knows the keys of those that wait
	 * @param timer the time
	 */
	public OrderedRetryReader(String topic, Consumer<?, ?> consumer, Supplier<Consumer<byte[], byte[]>> clients,
			RecordHandler processor, ParkedPartitions parked, Timer timer) {
		this.topic = topic;
		this.clients = clients;
		this.locator = new RetryLocator(topic, consumer);
		this.processor = processor;
		this.parked = parked;
		this.timer = timer;
		this.notBefore = timer.nanoTime();
		this.lastCommitAgain = this.notBefore;
	}

	@Override
	public void assigned(Collection<TopicPartition> partitions) {
		for (TopicPartition source : partitions) {
			RetryPartition partition = new RetryPartition(source, this.topic,
					new ParkedRecordHandler(this.processor, source, this.parked, this.timer), this.timer.nanoTime());
			this.partitions.put(partition.retries(), partition);
		}
	}

	@Override
	public void read(Assignment assignment, Collection<TopicPartition> owned, boolean pause) {
		follow(assignment, owned);
		long now = this.timer.nanoTime();
		if (this.partitions.isEmpty() || now - this.notBefore < 0) {
			return;
		}
		Consumer<byte[], byte[]> client = client();
		try {
			locate(client, now);
			// A client to which nothing is assigned can't be asked for records.
			if (!client.assignment().isEmpty()) {
				pauseAndResume(client, pause ? some(State.READ) : assignment.paused());
				take(client.poll(patience(client)), assignment);
				endScans(client, assignment);
			}
		}
		catch (WakeupException ex) {
			// Was meant for the poll of the consumer; what has changed is seen next time.
			logger.trace("Woken while looking for committed offsets", ex);
		}
		catch (KafkaException ex) {
			logger.warn("The retry topic '%s' can't be read; it is tried again in a second".formatted(this.topic), ex);
			this.notBefore = now + AFTER_PROBLEM;
		}
		commitAgain(assignment, now);
	}

	@Override
	public Collection<TopicPartition> held() {
		return this.partitions.values()
			.stream()
			.filter((partition) -> partition.state() != State.READ)
			.map(RetryPartition::source)
			.toList();
	}

	@Override
	public Collection<TopicPartition> of(Collection<TopicPartition> partitions) {
		return this.partitions.values()
			.stream()
			.filter((partition) -> partitions.contains(partition.source()))
			.map(RetryPartition::retries)
			.toList();
	}

	@Override
	public void revoked(Collection<TopicPartition> partitions) {
		of(partitions).stream().map(this.partitions::remove).forEach((partition) -> partition.handler().end());
		if (this.client != null && this.partitions.isEmpty()) {
			this.client.close(CloseOptions.timeout(Duration.ZERO));
			this.client = null;
		}
		else if (this.client != null) {
			this.client.assign(located());
		}
	}

	@Override
	public boolean isEmpty() {
		return this.partitions.isEmpty();
	}

	// A rebalance listener that fails before this subscriber's own is called leaves the
	// change unnoticed, and the consumer does not report it again.
	private void follow(Assignment assignment, Collection<TopicPartition> owned) {
		List<TopicPartition> known = this.partitions.values().stream().map(RetryPartition::source).toList();
		List<TopicPartition> gone = known.stream().filter((source) -> !owned.contains(source)).toList();
		if (!gone.isEmpty()) {
			assignment.release(of(gone), Duration.ZERO);
			revoked(gone);
		}
		assigned(owned.stream().filter((source) -> !known.contains(source)).toList());
	}

	private Consumer<byte[], byte[]> client() {
		Consumer<byte[], byte[]> client = this.client;
		if (client == null) {
			client = this.clients.get();
			this.client = client;
		}
		return client;
	}

	private void locate(Consumer<byte[], byte[]> client, long now) {
		List<RetryPartition> found = this.locator.locate(client,
				this.partitions.values()
					.stream()
					.filter((partition) -> partition.state() == State.NEW && partition.isDue(now))
					.toList(),
				now);
		if (!found.isEmpty()) {
			client.assign(located());
			found.forEach((partition) -> client.seek(partition.retries(), partition.begin()));
		}
	}

	private void pauseAndResume(Consumer<byte[], byte[]> client, Collection<TopicPartition> wanted) {
		Set<TopicPartition> paused = new HashSet<>(some(State.READ));
		paused.retainAll(Set.copyOf(wanted));
		Set<TopicPartition> resumed = new HashSet<>(client.paused());
		resumed.removeAll(paused);
		client.resume(resumed);
		client.pause(paused);
	}

	private Duration patience(Consumer<byte[], byte[]> client) {
		if (!some(State.SCANNED).isEmpty()) {
			return WHILE_HELD;
		}
		Set<TopicPartition> paused = client.paused();
		boolean expecting = this.partitions.values()
			.stream()
			.anyMatch((partition) -> partition.state() == State.READ && !paused.contains(partition.retries())
					&& partition.handler().isExpecting());
		return expecting ? WHILE_EXPECTED : Duration.ZERO;
	}

	private void take(ConsumerRecords<byte[], byte[]> polled, Assignment assignment) {
		for (TopicPartition partition : polled.partitions()) {
			List<ConsumerRecord<byte[], byte[]>> records = polled.records(partition);
			RetryPartition owned = this.partitions.get(partition);
			if (owned != null && owned.state() == State.READ) {
				records.forEach(owned.handler()::polled);
				assignment.add(partition, records, owned.handler());
			}
			else if (owned != null) {
				records.forEach(owned.handler()::found);
			}
		}
	}

	private void endScans(Consumer<byte[], byte[]> client, Assignment assignment) {
		for (RetryPartition partition : this.partitions.values()) {
			if (partition.state() == State.SCANNED
					&& client.position(partition.retries(), RetryLocator.TIMEOUT) >= partition.end()) {
				client.seek(partition.retries(), partition.begin());
				assignment.begin(partition.retries(), partition.begin());
				partition.read();
			}
		}
	}

	private void commitAgain(Assignment assignment, long now) {
		if (now - this.lastCommitAgain >= COMMIT_AGAIN) {
			this.lastCommitAgain = now;
			this.partitions.keySet().forEach(assignment::commitAgain);
		}
	}

	private List<TopicPartition> located() {
		return all((partition) -> partition.state() != State.NEW);
	}

	private List<TopicPartition> some(State state) {
		return all((partition) -> partition.state() == state);
	}

	private List<TopicPartition> all(Predicate<RetryPartition> filter) {
		return new ArrayList<>(this.partitions.values().stream().filter(filter).map(RetryPartition::retries).toList());
	}

}
