package dev.millrace.publisher;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends nothing and keeps what was to be sent. Who has published it hears that it was, in
 * the partition -1. Safe for use by several threads.
 */
public final class KeptRecords implements RecordSender {

	private static final int NOWHERE = -1;

	private final List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();

	/**
	 * Return what was to be sent so far.
	 * @return the records, in the order of the calls
	 */
	public synchronized List<ProducerRecord<byte[], byte[]>> records() {
		return List.copyOf(this.records);
	}

	@Override
	public void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed) {
		synchronized (this) {
			this.records.addAll(records);
		}
		PendingSends pending = new PendingSends(records.size(), confirmed);
		for (ProducerRecord<byte[], byte[]> record : records) {
			pending.completed(record, new RecordMetadata(new TopicPartition(record.topic(), NOWHERE), NOWHERE, NOWHERE,
					NOWHERE, NOWHERE, NOWHERE), null);
		}
	}

	@Override
	public void checkRequest() {
		throw new IllegalStateException("A dry run sends nothing, so that a request would have no answer");
	}

}
