package dev.millrace.publisher;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

import dev.millrace.PublishResult;

/**
 * Publishing that belongs to no record.
 */
final class OutsideRecords implements PublishTarget {

	private final RecordSender sender;

	OutsideRecords(RecordSender sender) {
		this.sender = sender;
	}

	@Override
	public Header correlationId() {
		return TextHeader.of(RecordHeaderNames.CORRELATION_ID, UUID.randomUUID().toString());
	}

	@Override
	public CompletableFuture<PublishResult> send(ProducerRecord<byte[], byte[]> record) {
		PublishFuture future = new PublishFuture();
		this.sender.send(List.of(record), future);
		return future.future();
	}

}
