package dev.millrace.endpoint;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import dev.millrace.Ordering;

/**
 * How records flow through a subscriber.
 *
 * @param ordering which records may run at the same time
 * @param concurrency how many records run at once
 * @param maxRate how many records are begun in a second at most, or {@code null} for no
 * limit
 * @param windowHigh how many unfinished or uncommittable records of a partition pause its
 * consumption
 * @param windowLow how many are left when it is resumed
 * @param windowGrows whether both grow with the speed at which records are finished
 * @param commitInterval the shortest time between two commits of a consumer
 * @param stallTimeout how long a record may be unfinished before it is reported
 * @param drainTimeout how long a revoke or a stop waits for records that are running
 * @param batch how records are put together, or {@code null} to handle each by itself
 */
public record FlowSettings(Ordering ordering, int concurrency, @Nullable Double maxRate, int windowHigh, int windowLow,
		boolean windowGrows, Duration commitInterval, Duration stallTimeout, Duration drainTimeout,
		@Nullable BatchSettings batch) {

}
