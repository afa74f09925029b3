package dev.millrace.listener;

import java.util.List;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Seam between spring-kafka's container and the engine. The container polls, rebalances
 * and stops; it never commits, because its acknowledgment is never touched. All consumers
 * of a subscriber share one listener.
 */
public interface EngineListener extends BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]>,
		BatchInterceptor<byte[], byte[]>, ConsumerAwareRebalanceListener {

	@Override
	default boolean wantsPollResult() {
		return true;
	}

	@Override
	default void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Acknowledgment acknowledgment,
			@Nullable Consumer<?, ?> consumer) {
		throw new IllegalStateException("The container must hand over the result of the poll");
	}

	@Override
	default ConsumerRecords<byte[], byte[]> intercept(ConsumerRecords<byte[], byte[]> records,
			Consumer<byte[], byte[]> consumer) {
		return records;
	}

	/**
	 * Have the consumers go on elsewhere. What is in flight of the partitions ends first,
	 * and is committed.
	 * @param seek where to
	 */
	void seek(Seek seek);

	/**
	 * Take note that a consumer polls no more and is about to be closed: another one may
	 * have taken its place by now.
	 * @param consumer the consumer
	 */
	void stopping(Consumer<?, ?> consumer);

	/**
	 * Report, in one line, how the container has stopped. Called when all consumers have
	 * stopped.
	 */
	void reportStop();

}
