package dev.millrace.publisher;

import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Told how sending ended.
 */
@FunctionalInterface
public interface Confirmation {

	/**
	 * Called once when every record is either confirmed by the broker or has failed.
	 * Often on the producer's thread, so it must not block.
	 * @param unsent the records that failed, empty when all are confirmed
	 * @param failure why the first of them failed, or {@code null} when all are confirmed
	 */
	void completed(List<ProducerRecord<byte[], byte[]>> unsent, @Nullable Throwable failure);

}
