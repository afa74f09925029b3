package dev.millrace;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * One running subscriber. Changes take effect at once, lose and repeat nothing, and last
 * until the application ends. Safe for use by several threads.
 */
public interface SubscriberControl {

	/**
	 * Return the id of the subscriber.
	 * @return the id
	 */
	String id();

	/**
	 * Start the subscriber, if it is not running.
	 */
	void start();

	/**
	 * Stop the subscriber, if it is running: no record is begun any more from the time of
	 * the call, those that run have the time of {@code millrace.shutdown.timeout} to end,
	 * and what is finished is committed. With {@code exactlyOnce} all records of the
	 * transaction that is open have that time. A handler may stop its own subscriber, but
	 * must not wait for it.
	 * @return completes when it has stopped
	 */
	CompletionStage<Void> stop();

	/**
	 * Tell whether the subscriber is running.
	 * @return whether it was started and has not stopped
	 */
	boolean isRunning();

	/**
	 * Fetch no more records until {@link #resume()}. It stays in its group, and those
	 * that have been fetched are still handled.
	 */
	void pause();

	/**
	 * Fetch records again.
	 */
	void resume();

	/**
	 * Tell whether the subscriber was told to pause.
	 * @return whether it was
	 */
	boolean isPaused();

	/**
	 * Go on at an offset of a partition that this application has. Records of the
	 * partition that run have the time of {@code millrace.shutdown.timeout} to end; then
	 * the new offset is committed.
	 * @param topic the topic
	 * @param partition the number of the partition
	 * @param offset the offset of the next record to handle; the beginning of the
	 * partition stands for those that it has no more
	 * @return completes when it is committed; fails when this application does not have
	 * the partition, or gives it up before, and with an {@link IllegalArgumentException}
	 * when the offset is behind the end of the partition
	 */
	CompletionStage<Void> seek(String topic, int partition, long offset);

	/**
	 * Handle all records of the partitions that this application has again, as
	 * {@link #seek(String, int, long)} does.
	 * @return completes when the new offsets are committed
	 */
	CompletionStage<Void> seekToBeginning();

	/**
	 * Skip all records of the partitions that this application has, as
	 * {@link #seek(String, int, long)} does.
	 * @return completes when the new offsets are committed
	 */
	CompletionStage<Void> seekToEnd();

	/**
	 * Go on with the first record of that time or later, in each of the partitions that
	 * this application has, as {@link #seek(String, int, long)} does; at the end where
	 * there is none.
	 * @param time the time of the records
	 * @return completes when the new offsets are committed
	 */
	CompletionStage<Void> seekTo(Instant time);

	/**
	 * Change how many records run at once. Those that run above a lower number come to
	 * their end.
	 * @param concurrency the number of records, from 1
	 */
	void concurrency(int concurrency);

	/**
	 * Return how many records run at once at most.
	 * @return the number of records
	 */
	int concurrency();

	/**
	 * Change how many records are begun in a second at most.
	 * @param maxRate the number of records, greater than 0, or {@code null} for no limit
	 */
	void maxRate(@Nullable Double maxRate);

	/**
	 * Return how many records are begun in a second at most.
	 * @return the number of records, or {@code null} when there is no limit
	 */
	@Nullable Double maxRate();

	/**
	 * Change how many records of a partition may lie between the poll and the
	 * acknowledged commit.
	 * @param high how many pause the partition, from 1
	 * @param low how many are left when it is resumed, from 0 and less than {@code high}
	 */
	void window(int high, int low);

	/**
	 * Return the record that has been unfinished for the longest time, as of the last
	 * poll.
	 * @return the record, or empty when all that were polled are finished
	 */
	Optional<UnfinishedRecord> oldestUnfinished();

}
