package dev.millrace.publisher;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

import dev.millrace.PublishResult;
import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamRecord;

/**
 * Publishing that belongs to no record.
 */
final class OutsideRecords implements PublishTarget {

	private final RecordSender sender;

	private final Supplier<List<PublisherInterceptor>> interceptors;

	OutsideRecords(RecordSender sender, Supplier<List<PublisherInterceptor>> interceptors) {
		this.sender = sender;
		this.interceptors = interceptors;
	}

	@Override
	public Header correlationId() {
		return TextHeader.of(RecordHeaderNames.CORRELATION_ID, UUID.randomUUID().toString());
	}

	@Override
	public @Nullable StreamRecord handled() {
		return null;
	}

	@Override
	public List<PublisherInterceptor> interceptors() {
		return this.interceptors.get();
	}

	@Override
	public CompletableFuture<PublishResult> send(List<ProducerRecord<byte[], byte[]>> records) {
		PublishFuture future = new PublishFuture(records.get(0));
		this.sender.send(records, future);
		return future.future();
	}

}
