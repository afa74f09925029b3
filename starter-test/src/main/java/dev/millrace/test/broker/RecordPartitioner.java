package dev.millrace.test.broker;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

import org.apache.kafka.clients.producer.Partitioner;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.Cluster;
import org.jspecify.annotations.Nullable;

/**
 * Chooses partitions: that of the record, else what the configured partitioner says, else
 * by Kafka's own hash of the key. Records without a key stay in a random partition until
 * as much as fits in a batch was sent there.
 */
final class RecordPartitioner {

	private final Optional<Partitioner> custom;

	private final boolean ignoresKeys;

	private final int batchSize;

	private final Map<String, Sticky> sticky = new ConcurrentHashMap<>();

	RecordPartitioner(ProducerOptions options) {
		this.custom = options.partitioner();
		this.ignoresKeys = options.ignoresKeys();
		this.batchSize = options.batchSize();
	}

	int partition(ProducerRecord<?, ?> record, byte @Nullable [] key, byte @Nullable [] value, int size,
			Cluster cluster) {
		if (record.partition() != null) {
			return record.partition();
		}
		if (this.custom.isPresent()) {
			return custom(this.custom.get(), record, key, value, cluster);
		}
		int partitions = cluster.partitionCountForTopic(record.topic());
		if (key != null && !this.ignoresKeys) {
			return BuiltInPartitioner.partitionForKey(key, partitions);
		}
		return this.sticky.merge(record.topic(), Sticky.random(partitions, size),
				(current, other) -> (current.bytes >= this.batchSize || current.partition >= partitions) ? other
						: new Sticky(current.partition, current.bytes + size)).partition;
	}

	void close() {
		this.custom.ifPresent(Partitioner::close);
	}

	private static int custom(Partitioner partitioner, ProducerRecord<?, ?> record, byte @Nullable [] key,
			byte @Nullable [] value, Cluster cluster) {
		int partition = partitioner.partition(record.topic(), record.key(), key, record.value(), value, cluster);
		if (partition < 0) {
			throw new IllegalArgumentException(
					"The partitioner generated an invalid partition number: %d. Partition number should always be non-negative."
						.formatted(partition));
		}
		return partition;
	}

	private record Sticky(int partition, long bytes) {

		static Sticky random(int partitions, int size) {
			return new Sticky(ThreadLocalRandom.current().nextInt(partitions), size);
		}

	}

}
