package dev.millrace.publisher;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Records that were sent and are neither confirmed nor failed yet.
 */
public final class PendingSends {

	private final Confirmation confirmation;

	private int left;

	private List<ProducerRecord<byte[], byte[]>> unsent = List.of();

	private @Nullable Throwable failure;

	PendingSends(int count, Confirmation confirmation) {
		this.left = count;
		this.confirmation = confirmation;
	}

	/**
	 * Say that records are never sent, to interceptors that want to know what has become
	 * of them. For whoever has made records and can't hand them to a sender.
	 * @param records the records
	 * @param failure why
	 */
	public static void abandon(List<ProducerRecord<byte[], byte[]>> records, Throwable failure) {
		for (ProducerRecord<byte[], byte[]> record : records) {
			if (record instanceof ObservedRecord observed) {
				observed.completed(null, failure);
			}
		}
	}

	void completed(ProducerRecord<byte[], byte[]> record, @Nullable RecordMetadata metadata,
			@Nullable Throwable failure) {
		if (failure == null && metadata != null) {
			this.confirmation.confirmed(record, metadata);
		}
		if (record instanceof ObservedRecord observed) {
			observed.completed(metadata, failure);
		}
		synchronized (this) {
			if (failure != null) {
				fail(record, failure);
			}
			if (--this.left > 0) {
				return;
			}
		}
		this.confirmation.completed(this.unsent, this.failure);
	}

	private void fail(ProducerRecord<byte[], byte[]> record, Throwable failure) {
		if (this.failure == null) {
			this.failure = failure;
			this.unsent = new ArrayList<>();
		}
		this.unsent.add(sendable(record));
	}

	// A producer seals the headers of what it sends, and tracing wants to add some again.
	private static ProducerRecord<byte[], byte[]> sendable(ProducerRecord<byte[], byte[]> record) {
		return new ProducerRecord<>(record.topic(), record.partition(), record.timestamp(), record.key(),
				record.value(), new RecordHeaders(record.headers()));
	}

}
