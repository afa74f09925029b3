package dev.millrace.test.broker;

import java.util.Optional;

import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

import dev.millrace.test.broker.LogEntry.RecordData;
import dev.millrace.test.broker.TransactionCoordinator.ProducerIdentity;

/**
 * Writes records.
 */
final class LogAppender {

	private final BrokerState broker;

	LogAppender(BrokerState broker) {
		this.broker = broker;
	}

	/**
	 * Write a record.
	 * @param partition where to
	 * @param sent the record
	 * @param size its size
	 * @param producer whose transaction it is part of, if any
	 * @return where it is
	 */
	RecordMetadata append(TopicPartition partition, RecordData sent, int size, Optional<ProducerIdentity> producer) {
		return this.broker.lock().call(() -> {
			PartitionLog log = this.broker.topics().log(partition);
			if (log == null) {
				// The real one tries again until it gives up.
				throw new TimeoutException("Expiring 1 record(s) for %s".formatted(partition));
			}
			StoredTopic topic = this.broker.topics().get(partition.topic());
			if (size > topic.maxMessageBytes()) {
				throw new RecordTooLargeException(
						"The request included a message larger than the max message size the" + " server will accept.");
			}
			RecordData data = topic.hasAppendTime() ? sent.writtenAt(this.broker.clock().millis()) : sent;
			long offset = producer.map((identity) -> log.append(data, transaction(identity, partition)))
				.orElseGet(() -> log.append(data));
			this.broker.appended(partition);
			this.broker.listeners().forEach((listener) -> listener.appended(data.at(partition, offset)));
			return new RecordMetadata(partition, offset, 0, data.timestamp(), data.keySize(), data.valueSize());
		});
	}

	private long transaction(ProducerIdentity producer, TopicPartition partition) {
		try {
			return this.broker.transactions().add(producer, partition);
		}
		catch (ProducerFencedException ex) {
			throw new InvalidProducerEpochException("Producer attempted to produce with an old epoch.");
		}
	}

}
