package dev.millrace.actuate;

import java.time.Instant;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

import dev.millrace.SubscriberControl;

/**
 * Where a subscriber is to go on: at an offset of a partition, or at a time in all of
 * them.
 *
 * @param topic the topic
 * @param partition the number of the partition
 * @param offset the offset of the next record to handle
 * @param time the time of the next record to handle
 */
public record SeekTarget(@Nullable String topic, @Nullable Integer partition, @Nullable Long offset,
		@Nullable Instant time) {

	/**
	 * No target, for what needs none.
	 */
	public static final SeekTarget NONE = new SeekTarget(null, null, null, null);

	CompletionStage<Void> seek(SubscriberControl subscriber) {
		if (this.time != null && this.topic == null && this.partition == null && this.offset == null) {
			return subscriber.seekTo(this.time);
		}
		if (this.topic == null || this.partition == null || this.offset == null || this.time != null) {
			throw new IllegalArgumentException("Say where to go on: either topic, partition and offset, or time");
		}
		return subscriber.seek(this.topic, this.partition, this.offset);
	}

}
