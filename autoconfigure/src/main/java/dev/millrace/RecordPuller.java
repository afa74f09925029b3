package dev.millrace;

import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/**
 * Reads records one after the other for whoever asks, for scripts and tests. Nothing is
 * handled, retried or committed by itself: what is asked for in a group and not committed
 * comes again. To be used by one thread at a time.
 */
public interface RecordPuller extends Iterable<StreamRecord>, AutoCloseable {

	/**
	 * Wait for the next record.
	 * @param timeout how long to wait
	 * @return the record, whose body is decoded when it is asked for; empty when the time
	 * is over
	 */
	Optional<StreamRecord> next(Duration timeout);

	/**
	 * Return the records as they come. The iterator never ends by itself.
	 * @return the records, each waited for as long as it takes
	 */
	@Override
	Iterator<StreamRecord> iterator();

	/**
	 * Commit all records that were returned, and wait for the broker.
	 * @throws IllegalStateException without a group
	 */
	void commit();

	/**
	 * Leave the group and close the connection.
	 */
	@Override
	void close();

	/**
	 * Says what is read.
	 */
	interface Spec {

		/**
		 * Read topics.
		 * @param topics the names
		 * @return this
		 */
		Spec topics(String... topics);

		/**
		 * Join a group, which assigns the partitions and has the offsets. Default: no
		 * group, so that all partitions are read from where {@link #autoOffsetReset}
		 * says.
		 * @param groupId the group id
		 * @return this
		 */
		Spec groupId(String groupId);

		/**
		 * Set where partitions without a committed offset are read from. Default:
		 * {@code spring.kafka.consumer.auto-offset-reset}, else {@code earliest}.
		 * @param autoOffsetReset {@code earliest} or {@code latest}
		 * @return this
		 */
		Spec autoOffsetReset(String autoOffsetReset);

		/**
		 * Set a property of the consumer.
		 * @param name the name
		 * @param value the value
		 * @return this
		 */
		Spec property(String name, String value);

	}

}
