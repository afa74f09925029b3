package dev.millrace.publisher;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.KafkaException;

import dev.millrace.PublishResult;

/**
 * What becomes of one record, for whoever has published it.
 */
final class PublishFuture implements Confirmation {

	private final ProducerRecord<byte[], byte[]> record;

	private final CompletableFuture<PublishResult> future = new CompletableFuture<>();

	private @Nullable PublishResult result;

	/**
	 * Create the future of a record.
	 * @param record the record, of several that take its place the first
	 */
	PublishFuture(ProducerRecord<byte[], byte[]> record) {
		this.record = record;
	}

	CompletableFuture<PublishResult> future() {
		return this.future;
	}

	@Override
	public void confirmed(ProducerRecord<byte[], byte[]> record, RecordMetadata metadata) {
		if (record == this.record) {
			this.result = new PublishResult(metadata.topic(), metadata.partition(), metadata.offset());
		}
	}

	@Override
	public void completed(List<ProducerRecord<byte[], byte[]>> unsent, @Nullable Throwable failure) {
		if (failure == null) {
			this.future.complete(this.result);
		}
		else {
			abandoned(failure);
		}
	}

	@Override
	public void abandoned(Throwable failure) {
		Throwable cause = failure.getCause();
		this.future.completeExceptionally((failure instanceof KafkaException && cause != null) ? cause : failure);
	}

}
