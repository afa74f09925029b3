package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.common.TopicPartition;

/**
 * Kafka's mock consumer on top of a broker that outlives it. As with the real one, the
 * answer to a commit arrives in a later poll.
 */
final class BrokerConsumer extends MockConsumer<byte[], byte[]> {

	/** What the next asynchronous commits come back with. */
	final Queue<Exception> asyncFailures = new ArrayDeque<>();

	/** What the next calls for a commit throw. */
	final Queue<RuntimeException> thrown = new ArrayDeque<>();

	/** What happens while offsets are committed. */
	Runnable committing = () -> {
	};

	int wakeUps;

	private final Queue<Runnable> answers = new ArrayDeque<>();

	private final BrokerModel broker;

	BrokerConsumer(BrokerModel broker, int maxPollRecords) {
		super("earliest");
		this.broker = broker;
		setMaxPollRecords(maxPollRecords);
		subscribe(List.of("t"));
		rebalance(BrokerModel.PARTITIONS);
		for (TopicPartition partition : BrokerModel.PARTITIONS) {
			updateBeginningOffsets(Map.of(partition, 0L));
			seek(partition, broker.committed(partition));
		}
		broker.log.forEach(this::addRecord);
	}

	@Override
	public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
		for (Runnable answer = this.answers.poll(); answer != null; answer = this.answers.poll()) {
			answer.run();
		}
		return super.poll(timeout);
	}

	@Override
	public synchronized void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets,
			OffsetCommitCallback callback) {
		throwFailure();
		Exception failure = this.asyncFailures.poll();
		if (failure == null) {
			store(offsets);
		}
		this.answers.add(() -> callback.onComplete(offsets, failure));
	}

	@Override
	public synchronized void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
		this.committing.run();
		throwFailure();
		store(offsets);
	}

	@Override
	public synchronized void wakeup() {
		this.wakeUps++;
		super.wakeup();
	}

	private void throwFailure() {
		RuntimeException failure = this.thrown.poll();
		if (failure != null) {
			throw failure;
		}
	}

	private void store(Map<TopicPartition, OffsetAndMetadata> offsets) {
		offsets.forEach((partition, offset) -> this.broker.committed.put(partition, offset.offset()));
	}

}
