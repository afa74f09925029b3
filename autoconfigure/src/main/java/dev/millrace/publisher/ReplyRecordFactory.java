package dev.millrace.publisher;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.Assert;

import dev.millrace.OutgoingRecord;
import dev.millrace.PublisherInterceptor;
import dev.millrace.Response;
import dev.millrace.codec.BodyWriter;
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

	private final List<Header> headers;

	private final BodyWriter writer;

	private final List<PublisherInterceptor> interceptors;

	ReplyRecordFactory(PublisherEndpoint endpoint, ResolvableType valueType, BodyWriter writer,
			List<PublisherInterceptor> interceptors, String where) {
		this.topic = endpoint.topic();
		this.key = expression(endpoint.key(), valueType, "key of publisher '" + endpoint.topic() + "' of " + where);
		this.partition = expression(endpoint.partition(), valueType,
				"partition of publisher '" + endpoint.topic() + "' of " + where);
		this.headers = endpoint.headers()
			.entrySet()
			.stream()
			.map((header) -> TextHeader.of(header.getKey(), header.getValue()))
			.toList();
		this.writer = writer.forPublisher(endpoint.body().codec(), endpoint.body().contentType(),
				valueType.resolve(Object.class), "Publisher '" + endpoint.topic() + "' of " + where);
		this.interceptors = interceptors;
	}

	/**
	 * Return what writes the bodies; factories with the same writer need the same body.
	 * @return the writer
	 */
	BodyWriter writer() {
		return this.writer;
	}

	/**
	 * Return what the records pass before they are written.
	 * @return the interceptors, the outermost first
	 */
	List<PublisherInterceptor> interceptors() {
		return this.interceptors;
	}

	/**
	 * Make the record of a body.
	 * @param incoming the record that was handled
	 * @param body the body
	 * @param correlationId the correlation id
	 * @return the record
	 */
	OutgoingRecord create(ConsumerRecord<byte[], byte[]> incoming, Object body, Header correlationId) {
		return new OutgoingRecord(this.topic, partition(incoming, body), null, key(incoming, body), body,
				headers(correlationId));
	}

	/**
	 * Make the record of a response.
	 * @param incoming the record that was handled
	 * @param response the response, which wins
	 * @param correlationId the correlation id
	 * @return the record
	 */
	OutgoingRecord create(ConsumerRecord<byte[], byte[]> incoming, Response<?> response, Header correlationId) {
		Object body = response.body();
		Object key = (response.keyed() || body == null) ? response.key() : key(incoming, body);
		Assert.isTrue(body != null || key != null, "A record without a body must have a key");
		Integer partition = response.partition();
		if (partition == null && this.partition != null) {
			Assert.state(body != null, () -> "The partition of publisher '" + this.topic
					+ "' depends on the body; say where the tombstone goes");
			partition = partition(incoming, body);
		}
		return new OutgoingRecord(Objects.requireNonNullElse(response.topic(), this.topic), partition,
				response.timestamp(), key, body, OutgoingRecords.headers(correlationId, this.headers, response));
	}

	private List<Header> headers(Header correlationId) {
		if (this.headers.isEmpty()) {
			return List.of(correlationId);
		}
		List<Header> headers = new ArrayList<>(this.headers.size() + 1);
		headers.add(correlationId);
		headers.addAll(this.headers);
		return headers;
	}

	private @Nullable Object key(ConsumerRecord<byte[], byte[]> incoming, Object body) {
		return (this.key != null) ? this.key.evaluate(body, incoming) : incoming.key();
	}

	private @Nullable Integer partition(ConsumerRecord<byte[], byte[]> incoming, Object body) {
		if (this.partition == null) {
			return null;
		}
		return Partitions.of(this.partition.evaluate(body, incoming), "publisher '" + this.topic + "'");
	}

	private static @Nullable RecordExpression expression(@Nullable String text, ResolvableType valueType,
			String where) {
		return (text != null) ? RecordExpression.parse(text, ExpressionRoot.published(valueType), where) : null;
	}

}
