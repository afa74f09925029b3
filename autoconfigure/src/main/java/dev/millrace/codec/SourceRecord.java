package dev.millrace.codec;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Record from the broker, or a body that was found inside of its own.
 *
 * @param reader reads what is found inside of the body
 * @param codec the codec that reads the body
 * @param record the record
 * @param body the body
 * @param type the content type of the body
 */
record SourceRecord(BodyReader reader, StreamCodec codec, ConsumerRecord<byte[], byte[]> record, byte @Nullable [] body,
		ContentType type) implements InboundRecord {

	@Override
	public String topic() {
		return this.record.topic();
	}

	@Override
	public Headers headers() {
		return this.record.headers();
	}

	@Override
	public @Nullable String contentType() {
		return this.type.isSilent() ? null : this.type.name();
	}

	@Override
	public @Nullable Object read(byte[] body, @Nullable String contentType, ResolvableType target) {
		return this.reader.readInside(this.codec, this.record, body, contentType, target);
	}

}
