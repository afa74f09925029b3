package dev.millrace.console.subscriber;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

import dev.millrace.actuate.SeekTarget;
import dev.millrace.actuate.SubscriberAction;

/**
 * What a subscriber is told to do.
 *
 * @param action what it is to do
 * @param topic where it is to go on, with {@code SEEK}: the topic
 * @param partition and its partition
 * @param offset and the offset of the next record to handle
 * @param time or the time of the next record to handle
 */
record Command(@Nullable SubscriberAction action, @Nullable String topic, @Nullable Integer partition,
		@Nullable Long offset, @Nullable Instant time) {

	SeekTarget target() {
		return new SeekTarget(this.topic, this.partition, this.offset, this.time);
	}

}
