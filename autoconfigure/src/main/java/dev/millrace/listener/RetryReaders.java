package dev.millrace.listener;

import org.apache.kafka.clients.consumer.Consumer;

/**
 * Makes the readers of retry topics, one for each consumer of a subscriber.
 */
@FunctionalInterface
public interface RetryReaders {

	/**
	 * For subscribers whose consumers read nothing but their own partitions.
	 */
	RetryReaders NONE = (consumer) -> NoRetryReader.INSTANCE;

	/**
	 * Make a reader.
	 * @param consumer the consumer, whose thread alone calls the reader
	 * @return the reader
	 */
	RetryReader reader(Consumer<?, ?> consumer);

}
