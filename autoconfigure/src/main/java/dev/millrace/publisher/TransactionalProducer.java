package dev.millrace.publisher;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

/**
 * Producer with one transaction after another. Any thread sends; begin, commit, abort and
 * close belong to one thread. Ends for good with its first transaction that is not
 * committed: what is sent late then goes nowhere, and not into the next transaction.
 */
public final class TransactionalProducer implements RecordSender, AutoCloseable {

	private final DefaultKafkaProducerFactory<byte[], byte[]> factory;

	private final Producer<byte[], byte[]> producer;

	private final Sends sends;

	/**
	 * Create a producer. What an earlier one with the same transactional id has left open
	 * is aborted.
	 * @param factory a factory of its own, with the transactional id
	 * @param threads threads that may wait for the producer
	 */
	public TransactionalProducer(DefaultKafkaProducerFactory<byte[], byte[]> factory, Executor threads) {
		this.factory = factory;
		Producer<byte[], byte[]> producer = factory.createProducer();
		this.producer = producer;
		this.sends = new Sends(threads, (record, pending) -> producer.send(record, (metadata, failure) -> pending
			.completed(record, metadata, MissingPartition.explain(record, failure, producer::partitionsFor))));
	}

	/**
	 * Begin a transaction.
	 */
	public void begin() {
		this.producer.beginTransaction();
	}

	@Override
	public void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed) {
		this.sends.send(records, confirmed);
	}

	/**
	 * Add offsets to the transaction.
	 * @param offsets the offsets
	 * @param group the consumer that has read up to them; one that is not a member any
	 * more is refused
	 */
	public void addOffsets(Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
		this.producer.sendOffsetsToTransaction(offsets, group);
	}

	/**
	 * Commit the transaction. When this fails, it may have been committed all the same.
	 */
	public void commit() {
		this.producer.commitTransaction();
	}

	/**
	 * Abort the transaction.
	 */
	public void abort() {
		this.producer.abortTransaction();
	}

	/**
	 * Close the producer.
	 */
	@Override
	public void close() {
		// The first gives it back to the factory, the second lets it go.
		this.producer.close();
		this.factory.destroy();
	}

}
