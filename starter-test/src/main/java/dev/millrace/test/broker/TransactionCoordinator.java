package dev.millrace.test.broker;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Who may write under which transactional id, and what belongs to the transactions that
 * are not ended. Guarded by the broker's lock.
 */
final class TransactionCoordinator {

	private final TopicStore topics;

	private final GroupCoordinator groups;

	private final Map<String, Transaction> transactions = new HashMap<>();

	private long nextProducerId;

	TransactionCoordinator(TopicStore topics, GroupCoordinator groups) {
		this.topics = topics;
		this.groups = groups;
	}

	/**
	 * Let a producer have a transactional id: whoever had it can no longer use it, and
	 * what that one has left open is aborted.
	 * @param transactionalId the id
	 * @return who the producer is from now on
	 */
	ProducerIdentity initialize(String transactionalId) {
		Transaction transaction = this.transactions.computeIfAbsent(transactionalId,
				(id) -> new Transaction(this.nextProducerId++));
		end(transaction, false);
		transaction.epoch++;
		return new ProducerIdentity(transactionalId, transaction.producerId, transaction.epoch);
	}

	/**
	 * Abort a transaction and lock its producer out, as after
	 * {@code transaction.timeout.ms}.
	 * @param transactionalId the id
	 */
	void expire(String transactionalId) {
		initialize(transactionalId);
	}

	long add(ProducerIdentity producer, TopicPartition partition) {
		Transaction transaction = current(producer);
		transaction.partitions.add(partition);
		return transaction.producerId;
	}

	void add(ProducerIdentity producer, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata sender) {
		Transaction transaction = current(producer);
		ConsumerGroup group = this.groups.group(sender.groupId());
		group.validate(sender, true);
		group.offsets().commit(offsets, transaction.producerId);
		transaction.groups.add(sender.groupId());
	}

	void end(ProducerIdentity producer, boolean committed) {
		end(current(producer), committed);
	}

	/**
	 * Return whose transactions are open.
	 * @return the producers
	 */
	List<ProducerIdentity> open() {
		return this.transactions.entrySet()
			.stream()
			.filter((entry) -> isOpen(entry.getKey()))
			.map((entry) -> new ProducerIdentity(entry.getKey(), entry.getValue().producerId, entry.getValue().epoch))
			.toList();
	}

	boolean isOpen(String transactionalId) {
		Transaction transaction = this.transactions.get(transactionalId);
		return transaction != null && !(transaction.partitions.isEmpty() && transaction.groups.isEmpty());
	}

	private Transaction current(ProducerIdentity producer) {
		Transaction transaction = this.transactions.get(producer.transactionalId());
		if (transaction == null || transaction.epoch != producer.epoch()) {
			throw new ProducerFencedException(
					"There is a newer producer with the same transactionalId '%s'".formatted(producer.transactionalId())
							+ " which fences the current one.");
		}
		return transaction;
	}

	private void end(Transaction transaction, boolean committed) {
		for (TopicPartition partition : transaction.partitions) {
			PartitionLog log = this.topics.log(partition);
			if (log != null) {
				log.end(transaction.producerId, committed);
			}
		}
		transaction.groups.forEach((group) -> this.groups.find(group)
			.ifPresent((found) -> found.offsets().end(transaction.producerId, committed)));
		transaction.partitions.clear();
		transaction.groups.clear();
	}

	/**
	 * Who a transactional producer is.
	 *
	 * @param transactionalId its id
	 * @param producerId what the broker calls whoever has that id
	 * @param epoch how many had it before
	 */
	record ProducerIdentity(String transactionalId, long producerId, int epoch) {

	}

	private static final class Transaction {

		private final long producerId;

		private final Set<TopicPartition> partitions = new HashSet<>();

		private final Set<String> groups = new HashSet<>();

		private int epoch = -1;

		Transaction(long producerId) {
			this.producerId = producerId;
		}

	}

}
