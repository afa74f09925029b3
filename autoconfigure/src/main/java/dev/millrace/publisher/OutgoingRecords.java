package dev.millrace.publisher;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.core.ResolvableType;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.util.Assert;

import dev.millrace.OutgoingRecord;
import dev.millrace.PublisherInterceptor;
import dev.millrace.Response;
import dev.millrace.Tombstone;
import dev.millrace.codec.BodyWriter;
import dev.millrace.endpoint.BodySettings;

/**
 * Makes records of what an application publishes by itself. Safe for use by several
 * threads.
 */
public final class OutgoingRecords {

	private final BodyWriter writer;

	private final Supplier<List<PublisherInterceptor>> interceptors;

	/**
	 * Create the maker of an application's records.
	 * @param writer encodes bodies
	 */
	public OutgoingRecords(BodyWriter writer) {
		this(writer, List::of);
	}

	private OutgoingRecords(BodyWriter writer, Supplier<List<PublisherInterceptor>> interceptors) {
		this.writer = writer;
		this.interceptors = interceptors;
	}

	/**
	 * Return what makes records that pass more interceptors.
	 * @param interceptors these, within those of all records, the outermost first
	 * @return the maker
	 */
	OutgoingRecords passing(Supplier<List<PublisherInterceptor>> interceptors) {
		return new OutgoingRecords(this.writer, interceptors);
	}

	/**
	 * Return what makes records of bodies of one type.
	 * @param type the type
	 * @param settings how the bodies are written
	 * @param where the publisher, for errors
	 * @return the maker
	 */
	OutgoingRecords ofType(Type type, BodySettings settings, String where) {
		return new OutgoingRecords(this.writer.forType(type)
			.forPublisher(settings.codec(), settings.contentType(), ResolvableType.forType(type).resolve(Object.class),
					where),
				this.interceptors);
	}

	/**
	 * Make the record of a body.
	 * @param topic the topic, unless the body names one
	 * @param body the body, or a response or a tombstone
	 * @param target what the record belongs to
	 * @return the record as it goes to the producer; interceptors may have made none or
	 * several of it
	 */
	List<ProducerRecord<byte[], byte[]>> create(String topic, Object body, PublishTarget target) {
		return new RecordEncoder(0, target.handled()).encode(record(topic, response(body), target.correlationId()),
				this.writer, interceptors(target));
	}

	/**
	 * Make the records of several bodies.
	 * @param topic the topic, of those that do not name one
	 * @param bodies the bodies, of which some may be responses or tombstones
	 * @param target what the records belong to
	 * @return the records of each body, as for one
	 */
	List<List<ProducerRecord<byte[], byte[]>>> createAll(String topic, Collection<?> bodies, PublishTarget target) {
		RecordEncoder encoder = new RecordEncoder(0, target.handled());
		Header correlationId = target.correlationId();
		List<PublisherInterceptor> interceptors = interceptors(target);
		List<List<ProducerRecord<byte[], byte[]>>> records = new ArrayList<>(bodies.size());
		try {
			bodies.forEach((body) -> records
				.add(encoder.encode(record(topic, response(body), correlationId), this.writer, interceptors)));
		}
		catch (RuntimeException ex) {
			encoder.abandon(ex);
			throw ex;
		}
		return records;
	}

	private List<PublisherInterceptor> interceptors(PublishTarget target) {
		List<PublisherInterceptor> outer = target.interceptors();
		List<PublisherInterceptor> inner = this.interceptors.get();
		if (outer.isEmpty() || inner.isEmpty()) {
			return inner.isEmpty() ? outer : inner;
		}
		return Stream.concat(outer.stream(), inner.stream()).toList();
	}

	/**
	 * Make a record that asks for an answer. It does so in the headers of FastStream and
	 * of spring-kafka, as text.
	 * @param topic the topic, unless the body names one
	 * @param body the body, perhaps in a response
	 * @param id what the answer is to be known by, unless the body has a correlation id
	 * @param replyTo where the answer is to go
	 * @param target what it is about
	 * @return as for {@link #create}
	 */
	List<ProducerRecord<byte[], byte[]>> createRequest(String topic, Object body, String id, String replyTo,
			PublishTarget target) {
		Response<?> response = response(body);
		String correlationId = Objects.requireNonNullElse(response.correlationId(), id);
		Response<?> request = response.withReplyTo(replyTo)
			.withCorrelationId(correlationId)
			.withHeader(KafkaHeaders.REPLY_TOPIC, replyTo)
			.withHeader(KafkaHeaders.CORRELATION_ID, correlationId)
			.withHeader(RecordHeaderNames.REPLY_ERRORS, "true");
		Header header = TextHeader.of(RecordHeaderNames.CORRELATION_ID, correlationId);
		return new RecordEncoder(0, target.handled()).encode(record(topic, request, header), this.writer,
				interceptors(target));
	}

	private static OutgoingRecord record(String topic, Response<?> response, Header correlationId) {
		Assert.isTrue(response.body() != null || response.key() != null, "A record without a body must have a key");
		return new OutgoingRecord(Objects.requireNonNullElse(response.topic(), topic), response.partition(),
				response.timestamp(), response.key(), response.body(), headers(correlationId, List.of(), response));
	}

	/**
	 * Return what there is to say about a body.
	 * @param body a body, or a response or a tombstone
	 * @return the response
	 */
	static Response<?> response(Object body) {
		if (body instanceof Tombstone tombstone) {
			return Response.tombstone(tombstone.key());
		}
		return (body instanceof Response<?> response) ? response : Response.of(body);
	}

	/**
	 * Return the headers of a record. Of several with one name the last counts.
	 * @param correlationId the correlation id, unless the response has one
	 * @param declared what the publisher adds
	 * @param response what is added to that
	 * @return the headers
	 */
	static List<Header> headers(Header correlationId, List<Header> declared, Response<?> response) {
		List<Header> headers = new ArrayList<>();
		headers.add(correlationId);
		headers.addAll(declared);
		if (response.correlationId() != null) {
			headers.add(TextHeader.of(RecordHeaderNames.CORRELATION_ID, response.correlationId()));
		}
		if (response.replyTo() != null) {
			headers.add(TextHeader.of(RecordHeaderNames.REPLY_TO, response.replyTo()));
		}
		response.headers().forEach((name, value) -> headers.add(TextHeader.of(name, value)));
		return headers;
	}

}
