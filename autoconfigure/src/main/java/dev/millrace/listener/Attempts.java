package dev.millrace.listener;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;

/**
 * What is to be remembered of records when the transaction they were handled in is
 * aborted. Safe for use by several threads.
 */
final class Attempts {

	private final Map<TopicPartition, TreeMap<Long, Attempt>> attempts = new HashMap<>();

	private final InstantSource clock;

	/**
	 * Create what remembers nothing yet.
	 * @param clock the time
	 */
	Attempts(InstantSource clock) {
		this.clock = clock;
	}

	/**
	 * Let a record go on where an earlier transaction has left off.
	 * @param record the record
	 */
	void resume(InFlightRecord record) {
		Attempt earlier = find(record.record());
		if (earlier != null) {
			record.continues(record.record(), earlier.number() - 1, earlier.first());
		}
	}

	/**
	 * Find out whether what a record has published was refused in an earlier transaction.
	 * @param record the record
	 * @return why, or {@code null}
	 */
	@Nullable Refusal refusal(InFlightRecord record) {
		Attempt earlier = find(record.record());
		return (earlier != null) ? earlier.refusal() : null;
	}

	/**
	 * Return whether something is remembered of a record.
	 * @param record the record
	 * @return whether it is to be handled again
	 */
	boolean isKnown(InFlightRecord record) {
		return find(record.record()) != null;
	}

	private synchronized @Nullable Attempt find(ConsumerRecord<?, ?> record) {
		TreeMap<Long, Attempt> ofPartition = this.attempts.get(partition(record));
		return (ofPartition != null) ? ofPartition.get(record.offset()) : null;
	}

	/**
	 * Remember that a record is to be handled again.
	 * @param record the record
	 */
	void again(InFlightRecord record) {
		put(record.record(), new Attempt(record.attempt() + 1, record.firstAttempt(this.clock.instant()), null));
	}

	/**
	 * Remember that what a record has published was refused or has to be taken back,
	 * which nothing could be done about in the same transaction.
	 * @param record the record
	 * @param refusal why; the same object for all that were refused together
	 */
	void refused(InFlightRecord record, Refusal refusal) {
		put(record.record(), new Attempt(record.attempt(), record.firstAttempt(this.clock.instant()), refusal));
	}

	/**
	 * Forget the records before an offset.
	 * @param partition the partition
	 * @param offset the offset
	 */
	synchronized void committed(TopicPartition partition, long offset) {
		TreeMap<Long, Attempt> ofPartition = this.attempts.get(partition);
		if (ofPartition != null) {
			ofPartition.headMap(offset).clear();
		}
	}

	/**
	 * Forget partitions.
	 * @param partitions the partitions
	 */
	synchronized void forget(Collection<TopicPartition> partitions) {
		this.attempts.keySet().removeAll(partitions);
	}

	private synchronized void put(ConsumerRecord<?, ?> record, Attempt attempt) {
		this.attempts.computeIfAbsent(partition(record), (partition) -> new TreeMap<>()).put(record.offset(), attempt);
	}

	private static TopicPartition partition(ConsumerRecord<?, ?> record) {
		return new TopicPartition(record.topic(), record.partition());
	}

	/**
	 * Where the next transaction goes on with a record.
	 *
	 * @param number which attempt it is
	 * @param first when the first attempt began
	 * @param refusal why what that attempt has published was refused or taken back, or
	 * {@code null} when the attempt is still to be made
	 */
	record Attempt(int number, Instant first, @Nullable Refusal refusal) {

	}

	/**
	 * Why something was refused or taken back.
	 *
	 * @param failure what has failed
	 */
	record Refusal(Throwable failure) {

	}

}
