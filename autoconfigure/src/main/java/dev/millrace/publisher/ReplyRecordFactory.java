package dev.millrace.publisher;

import java.nio.charset.StandardCharsets;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ObjectUtils;

import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.EncodedBody;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.expression.ExpressionRoot;
import dev.millrace.expression.RecordExpression;

/**
 * Makes the records of one publisher: the rules of topic, key, partition and headers.
 */
final class ReplyRecordFactory {

	private final String topic;

	private final @Nullable RecordExpression key;

	private final @Nullable RecordExpression partition;

	private final Header[] headers;

	private final BodyWriter writer;

	ReplyRecordFactory(PublisherEndpoint endpoint, ResolvableType valueType, BodyWriter writer, String where) {
		this.topic = endpoint.topic();
		this.key = expression(endpoint.key(), valueType, "key of publisher '" + endpoint.topic() + "' of " + where);
		this.partition = expression(endpoint.partition(), valueType,
				"partition of publisher '" + endpoint.topic() + "' of " + where);
		this.headers = endpoint.headers().entrySet().stream().map(ReplyRecordFactory::header).toArray(Header[]::new);
		this.writer = writer.forPublisher(endpoint.body().codec(), endpoint.body().contentType(),
				valueType.resolve(Object.class), "Publisher '" + endpoint.topic() + "' of " + where);
	}

	String topic() {
		return this.topic;
	}

	/**
	 * Return what writes the bodies; factories with the same writer need the same body.
	 * @return the writer
	 */
	BodyWriter writer() {
		return this.writer;
	}

	ProducerRecord<byte[], byte[]> create(ConsumerRecord<byte[], byte[]> incoming, Object value, EncodedBody body,
			Header correlationId) {
		RecordHeaders headers = new RecordHeaders();
		body.headers().forEach(headers::add);
		headers.add(correlationId);
		for (Header header : this.headers) {
			headers.remove(header.key());
			headers.add(header);
		}
		return new ProducerRecord<>(this.topic, partition(incoming, value), key(incoming, value), body.bytes(),
				headers);
	}

	private byte @Nullable [] key(ConsumerRecord<byte[], byte[]> incoming, Object value) {
		if (this.key == null) {
			return incoming.key();
		}
		Object key = ObjectUtils.unwrapOptional(this.key.evaluate(value, incoming));
		if (key == null || key instanceof byte[]) {
			return (byte[]) key;
		}
		return key.toString().getBytes(StandardCharsets.UTF_8);
	}

	private @Nullable Integer partition(ConsumerRecord<byte[], byte[]> incoming, Object value) {
		if (this.partition == null) {
			return null;
		}
		Object partition = this.partition.evaluate(value, incoming);
		if (partition == null || partition instanceof Number) {
			return (partition != null) ? ((Number) partition).intValue() : null;
		}
		throw new IllegalStateException("The partition expression of publisher '%s' yields %s, not a number"
			.formatted(this.topic, partition.getClass().getName()));
	}

	private static Header header(Map.Entry<String, String> header) {
		return new RecordHeader(header.getKey(), header.getValue().getBytes(StandardCharsets.UTF_8));
	}

	private static @Nullable RecordExpression expression(@Nullable String text, ResolvableType valueType,
			String where) {
		return (text != null) ? RecordExpression.parse(text, ExpressionRoot.published(valueType), where) : null;
	}

}
