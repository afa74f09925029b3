package dev.millrace.publisher;

import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Told how sending ended. Often on the producer's thread, so nothing here may block.
 */
@FunctionalInterface
public interface Confirmation {

	/**
	 * Called once when every record is either confirmed by the broker or has failed,
	 * unless they are {@link #abandoned}.
	 * @param unsent the records that failed, empty when all are confirmed
	 * @param failure why the first of them failed, or {@code null} when all are confirmed
	 */
	void completed(List<ProducerRecord<byte[], byte[]>> unsent, @Nullable Throwable failure);

	/**
	 * Called for each record that the broker has confirmed, before {@link #completed}.
	 * @param record the record
	 * @param metadata where the broker has put it
	 */
	default void confirmed(ProducerRecord<byte[], byte[]> record, RecordMetadata metadata) {
	}

	/**
	 * Called instead of {@link #completed} when somebody else takes care of what failed:
	 * there is nothing to be done but to stop waiting.
	 * @param failure why the records were not sent
	 */
	default void abandoned(Throwable failure) {
	}

}
