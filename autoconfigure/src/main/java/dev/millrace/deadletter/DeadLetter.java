package dev.millrace.deadletter;

import java.time.Instant;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Record that has failed for good, in the topic of dead letters.
 *
 * @param record the record, as it is there
 * @param origin where it came from and why it is there
 * @param replayed whether it has been replayed
 * @param topicId the id of that topic, which a later one of the same name does not have
 */
public record DeadLetter(ConsumerRecord<byte[], byte[]> record, DeadLetterOrigin origin, boolean replayed,
		String topicId) {

	/**
	 * Return where it is.
	 * @return its position in the topic of dead letters
	 */
	public RecordPosition position() {
		return RecordPosition.of(this.record);
	}

	/**
	 * Return when it was written.
	 * @return its timestamp
	 */
	public Instant time() {
		return Instant.ofEpochMilli(this.record.timestamp());
	}

}
