package dev.millrace.publisher;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.core.ResolvableType;

import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.EncodedBody;
import dev.millrace.endpoint.HandlerEndpoint;

/**
 * Makes the records that are published for what one handler returns.
 */
public final class ReplyPublisher {

	private final CorrelationIds correlationIds = new CorrelationIds();

	private final List<ReplyRecordFactory> factories;

	/**
	 * Create the publisher of a handler.
	 * @param endpoint the handler
	 * @param valueType the type of the values that its handler returns
	 * @param writer encodes the values
	 */
	public ReplyPublisher(HandlerEndpoint endpoint, ResolvableType valueType, BodyWriter writer) {
		BodyWriter typed = writer.forType(valueType.getType());
		this.factories = endpoint.publishers()
			.stream()
			.map((publisher) -> new ReplyRecordFactory(publisher, valueType, typed, endpoint.describe()))
			.toList();
	}

	/**
	 * Make the records that a value causes, one for each publisher.
	 * @param incoming the record that was handled
	 * @param value what its handler returned
	 * @return the records, in the order of the publishers
	 */
	public List<ProducerRecord<byte[], byte[]>> prepare(ConsumerRecord<byte[], byte[]> incoming, Object value) {
		if (this.factories.isEmpty()) {
			return List.of();
		}
		BodyWriter writer = null;
		EncodedBody body = null;
		Header correlationId = this.correlationIds.headerFor(incoming);
		List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(this.factories.size());
		for (ReplyRecordFactory factory : this.factories) {
			if (body == null || factory.writer() != writer) {
				writer = factory.writer();
				body = writer.write(value, factory.topic());
			}
			records.add(factory.create(incoming, value, body, correlationId));
		}
		return records;
	}

}
