package dev.millrace;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Record that is about to be published, with nothing left open but its encoding. However
 * something is published, this is what it passes through. Each {@code with} method
 * returns a copy.
 *
 * @param topic the topic
 * @param partition the partition, or {@code null} to let the producer choose
 * @param timestamp the timestamp, or {@code null} for the time of sending
 * @param key the key; {@code byte[]} is used as it is, anything else as UTF-8 text
 * @param body the body, or {@code null} for a record without a value
 * @param headers its own headers, in this order, not to be changed; of several with one
 * name the last counts. They win over what the encoding of the body adds, such as
 * {@code content-type}
 * @see PublisherInterceptor
 */
public record OutgoingRecord(String topic, @Nullable Integer partition, @Nullable Instant timestamp,
		@Nullable Object key, @Nullable Object body, List<Header> headers) {

	/**
	 * Return a header as text.
	 * @param name the name, which is case-sensitive
	 * @return its last value, read as UTF-8, or {@code null} when there is none
	 */
	public @Nullable String header(String name) {
		String value = null;
		for (Header header : this.headers) {
			if (header.key().equals(name)) {
				value = (header.value() != null) ? new String(header.value(), StandardCharsets.UTF_8) : null;
			}
		}
		return value;
	}

	/**
	 * Return a copy for another topic. The partition stays.
	 * @param topic the topic, which has to exist
	 * @return the copy
	 */
	public OutgoingRecord withTopic(String topic) {
		return new OutgoingRecord(topic, this.partition, this.timestamp, this.key, this.body, this.headers);
	}

	/**
	 * Return a copy for another partition.
	 * @param partition the partition, or {@code null} to let the producer choose
	 * @return the copy
	 */
	public OutgoingRecord withPartition(@Nullable Integer partition) {
		return new OutgoingRecord(this.topic, partition, this.timestamp, this.key, this.body, this.headers);
	}

	/**
	 * Return a copy with another timestamp.
	 * @param timestamp the timestamp, or {@code null} for the time of sending
	 * @return the copy
	 */
	public OutgoingRecord withTimestamp(@Nullable Instant timestamp) {
		return new OutgoingRecord(this.topic, this.partition, timestamp, this.key, this.body, this.headers);
	}

	/**
	 * Return a copy with another key.
	 * @param key the key, or {@code null} for none
	 * @return the copy
	 */
	public OutgoingRecord withKey(@Nullable Object key) {
		return new OutgoingRecord(this.topic, this.partition, this.timestamp, key, this.body, this.headers);
	}

	/**
	 * Return a copy with another body.
	 * @param body the body, or {@code null} for a record without a value
	 * @return the copy
	 */
	public OutgoingRecord withBody(@Nullable Object body) {
		return new OutgoingRecord(this.topic, this.partition, this.timestamp, this.key, body, this.headers);
	}

	/**
	 * Return a copy with one more header, instead of those with the same name.
	 * @param name the name
	 * @param value the value, written as UTF-8
	 * @return the copy
	 */
	public OutgoingRecord withHeader(String name, String value) {
		List<Header> headers = new ArrayList<>(withoutHeader(name).headers());
		headers.add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8)));
		return new OutgoingRecord(this.topic, this.partition, this.timestamp, this.key, this.body, headers);
	}

	/**
	 * Return a copy without a header. What the encoding of the body adds is not known
	 * here and stays.
	 * @param name the name
	 * @return the copy
	 */
	public OutgoingRecord withoutHeader(String name) {
		List<Header> headers = this.headers.stream().filter((header) -> !header.key().equals(name)).toList();
		return new OutgoingRecord(this.topic, this.partition, this.timestamp, this.key, this.body, headers);
	}

}
