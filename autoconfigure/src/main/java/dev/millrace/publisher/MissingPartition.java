package dev.millrace.publisher;

import java.util.List;
import java.util.function.Function;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;

/**
 * Tells a partition that a topic does not have from a broker that can't be reached. A
 * producer fails with both in the same way, but only one of them passes.
 */
final class MissingPartition {

	private MissingPartition() {
	}

	/**
	 * Say what has kept a record from being sent.
	 * @param record the record
	 * @param failure what its producer says, or {@code null} for nothing
	 * @param partitions what the same producer knows of a topic
	 * @return that failure, or a better one
	 */
	static @Nullable Exception explain(ProducerRecord<?, ?> record, @Nullable Exception failure,
			Function<String, List<PartitionInfo>> partitions) {
		Integer partition = record.partition();
		// On its own thread, the producer had sent it.
		if (partition == null || failure == null || failure.getClass() != TimeoutException.class
				|| failure.getCause() != null || isOfTopic(failure) || Sends.isThreadOfClient()) {
			return failure;
		}
		int count;
		try {
			count = partitions.apply(record.topic()).size();
		}
		catch (KafkaException ex) {
			return failure;
		}
		return (partition < count) ? failure : new StreamException(
				"Can't publish to partition %d of '%s', which has %d".formatted(partition, record.topic(), count),
				failure);
	}

	// Nothing is known of it then, and to ask again would take as long again.
	private static boolean isOfTopic(Exception failure) {
		return failure.getMessage() != null && failure.getMessage().startsWith("Topic ");
	}

}
