package dev.millrace;

import java.time.Instant;
import java.util.List;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Record that is about to be published, with nothing left open but its encoding. However
 * something is published, this is what it passes through.
 *
 * @param topic the topic
 * @param partition the partition, or {@code null} to let the producer choose
 * @param timestamp the timestamp, or {@code null} for the time of sending
 * @param key the key; {@code byte[]} is used as it is, anything else as UTF-8 text
 * @param body the body, or {@code null} for a record without a value
 * @param headers its own headers, in this order; of several with one name the last
 * counts. They win over what the encoding of the body adds, such as {@code content-type}
 */
public record OutgoingRecord(String topic, @Nullable Integer partition, @Nullable Instant timestamp,
		@Nullable Object key, @Nullable Object body, List<Header> headers) {

}
