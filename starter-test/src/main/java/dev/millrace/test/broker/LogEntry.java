package dev.millrace.test.broker;

import java.util.Arrays;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * One offset of a partition: a record, or the mark at the end of a transaction.
 */
final class LogEntry {

	private final long offset;

	private final @Nullable RecordData data;

	private State state;

	private LogEntry(long offset, @Nullable RecordData data, State state) {
		this.offset = offset;
		this.data = data;
		this.state = state;
	}

	static LogEntry record(long offset, RecordData data, boolean transactional) {
		return new LogEntry(offset, data, transactional ? State.OPEN : State.COMMITTED);
	}

	static LogEntry marker(long offset) {
		return new LogEntry(offset, null, State.COMMITTED);
	}

	long offset() {
		return this.offset;
	}

	boolean isMarker() {
		return this.data == null;
	}

	void end(boolean committed) {
		this.state = committed ? State.COMMITTED : State.ABORTED;
	}

	/**
	 * Return what a consumer gets to see of this offset.
	 * @param committedOnly whether it does not see records of aborted transactions
	 * @return the record, or {@code null} when there is nothing to see
	 */
	@Nullable RecordData visible(boolean committedOnly) {
		return (committedOnly && this.state != State.COMMITTED) ? null : this.data;
	}

	long timestamp() {
		return (this.data != null) ? this.data.timestamp() : -1;
	}

	private enum State {

		OPEN, COMMITTED, ABORTED

	}

	/**
	 * What was sent.
	 *
	 * @param timestamp when it was made, or written
	 * @param timestampType which of both
	 * @param key its key
	 * @param value its body
	 * @param headers its headers
	 */
	record RecordData(long timestamp, TimestampType timestampType, byte @Nullable [] key, byte @Nullable [] value,
			Headers headers) {

		static RecordData copyOf(long timestamp, byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
			return new RecordData(timestamp, TimestampType.CREATE_TIME, copy(key), copy(value),
					new RecordHeaders(headers.toArray()));
		}

		int keySize() {
			return size(this.key);
		}

		int valueSize() {
			return size(this.value);
		}

		RecordData writtenAt(long time) {
			return new RecordData(time, TimestampType.LOG_APPEND_TIME, this.key, this.value, this.headers);
		}

		ConsumerRecord<byte @Nullable [], byte @Nullable []> at(TopicPartition partition, long offset) {
			return new ConsumerRecord<>(partition.topic(), partition.partition(), offset, this.timestamp,
					this.timestampType, keySize(), valueSize(), copy(this.key), copy(this.value),
					new RecordHeaders(this.headers.toArray()), Optional.of(0));
		}

		private static byte @Nullable [] copy(byte @Nullable [] bytes) {
			return (bytes != null) ? Arrays.copyOf(bytes, bytes.length) : null;
		}

		private static int size(byte @Nullable [] bytes) {
			return (bytes != null) ? bytes.length : ConsumerRecord.NULL_SIZE;
		}

	}

}
