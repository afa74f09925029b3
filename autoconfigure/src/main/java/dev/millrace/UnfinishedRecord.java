package dev.millrace;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Record that was polled and is not finished: it runs, waits for another attempt, or for
 * the broker's confirmation, or for its acknowledgment.
 *
 * @param topic its topic
 * @param partition its partition
 * @param offset its offset; nothing from there on is committed
 * @param key its key as text, or {@code null} when it has none
 * @param attempt which attempt this is, from 1
 * @param age how long ago its first attempt began; zero when it has not begun
 */
public record UnfinishedRecord(String topic, int partition, long offset, @Nullable String key, int attempt,
		Duration age) {

	@Override
	public String toString() {
		return this.topic + "-" + this.partition + "@" + this.offset
				+ ((this.key != null) ? " (key " + this.key + ")" : "");
	}

}
