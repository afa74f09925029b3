package dev.millrace.publisher;

import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

import dev.millrace.PublishResult;

/**
 * Record of which interceptors may want to know what has become of it.
 */
final class ObservedRecord extends ProducerRecord<byte[], byte[]> {

	private final PublishFuture outcome = new PublishFuture(this);

	ObservedRecord(ProducerRecord<byte[], byte[]> record) {
		super(record.topic(), record.partition(), record.timestamp(), record.key(), record.value(), record.headers());
	}

	CompletableFuture<PublishResult> outcome() {
		return this.outcome.future();
	}

	void completed(@Nullable RecordMetadata metadata, @Nullable Throwable failure) {
		if (failure == null && metadata != null) {
			this.outcome.confirmed(this, metadata);
		}
		this.outcome.completed(List.of(), failure);
	}

}
