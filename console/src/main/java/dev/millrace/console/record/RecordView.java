package dev.millrace.console.record;

import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Record for people.
 *
 * @param topic the topic
 * @param partition the partition, or {@code null} when it is in none yet
 * @param offset the offset, or {@code null} when it has none yet
 * @param time its timestamp, or {@code null} when it has none yet
 * @param key the key
 * @param headers the headers, in their order
 * @param value the value
 */
public record RecordView(String topic, @Nullable Integer partition, @Nullable Long offset, @Nullable Instant time,
		Payload key, List<HeaderView> headers, Payload value) {

	public RecordView {
		headers = List.copyOf(headers);
	}

}
