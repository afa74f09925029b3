package dev.millrace.publisher;

import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Sends records through spring-kafka's template.
 */
public final class TemplateSender implements RecordSender {

	private final KafkaOperations<byte[], byte[]> operations;

	/**
	 * Create a sender.
	 * @param operations sends one record
	 */
	public TemplateSender(KafkaOperations<byte[], byte[]> operations) {
		this.operations = operations;
	}

	@Override
	public void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed) {
		PendingSends pending = new PendingSends(records.size(), confirmed);
		for (ProducerRecord<byte[], byte[]> record : records) {
			try {
				this.operations.send(record)
					.whenComplete((result, failure) -> pending.completed(record,
							(result != null) ? result.getRecordMetadata() : null, failure));
			}
			catch (Exception ex) {
				pending.completed(record, null, ex);
			}
		}
	}

}
