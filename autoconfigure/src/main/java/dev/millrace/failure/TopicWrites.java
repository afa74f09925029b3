package dev.millrace.failure;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Told what is written into a retry topic, from any thread.
 */
@FunctionalInterface
interface TopicWrites {

	/**
	 * Called before a record is written, for the first time or again.
	 * @param original the record as it was first polled
	 * @return told how that ends
	 */
	Write begun(ConsumerRecord<byte[], byte[]> original);

	/**
	 * One write.
	 */
	@FunctionalInterface
	interface Write {

		/**
		 * Called when the record is finished, or back in its lane to be written again.
		 * @param confirmed whether the broker has confirmed it
		 */
		void ended(boolean confirmed);

	}

}
