package dev.millrace.publisher;

import java.util.List;
import java.util.concurrent.Executor;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.kafka.core.KafkaOperations;

/**
 * Sends records through spring-kafka's template.
 */
public final class TemplateSender implements RecordSender {

	private final Sends sends;

	/**
	 * Create a sender.
	 * @param operations sends one record
	 * @param threads threads that may wait for it
	 */
	public TemplateSender(KafkaOperations<byte[], byte[]> operations, Executor threads) {
		this.sends = new Sends(threads,
				(record, pending) -> operations.send(record)
					.whenComplete((result, failure) -> pending.completed(record,
							(result != null) ? result.getRecordMetadata() : null, failure)));
	}

	@Override
	public void send(List<ProducerRecord<byte[], byte[]>> records, Confirmation confirmed) {
		this.sends.send(records, confirmed);
	}

}
