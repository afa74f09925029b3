package dev.millrace.publisher;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

import dev.millrace.PublisherInterceptor;
import dev.millrace.ReplyTopicException;
import dev.millrace.Response;
import dev.millrace.StreamRecord;
import dev.millrace.codec.BodyWriter;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.PublisherEndpoint;

/**
 * Makes the records that are published for what one handler returns: first the answer to
 * whoever has asked for one, then one for each publisher.
 */
public final class ReplyPublisher {

	private final ResultElements elements;

	private final List<ReplyRecordFactory> factories;

	/** For what goes elsewhere than to the publishers. */
	private final ReplyRecordFactory plain;

	private final @Nullable ReplyTopics replyTopics;

	private final PublisherInterceptors interceptors;

	/**
	 * Create the publisher of a handler.
	 * @param endpoint the handler
	 * @param valueType the type of the values that its handler returns
	 * @param writer encodes the values
	 * @param replyTopics knows where answers can be put, or {@code null} when it gives
	 * none
	 * @param interceptors what the records pass before they are encoded
	 */
	public ReplyPublisher(HandlerEndpoint endpoint, ResolvableType valueType, BodyWriter writer,
			@Nullable ReplyTopics replyTopics, PublisherInterceptors interceptors) {
		this.elements = new ResultElements(valueType);
		ResolvableType bodyType = this.elements.bodyType();
		BodyWriter typed = writer.forType(bodyType.getType());
		this.factories = endpoint.publishers()
			.stream()
			.map((publisher) -> new ReplyRecordFactory(publisher, bodyType, typed, interceptors.of(publisher),
					endpoint.describe()))
			.toList();
		this.plain = new ReplyRecordFactory(
				new PublisherEndpoint("", null, null, Map.of(), BodySettings.NONE, List.of()), bodyType, typed,
				interceptors.ofSubscriber(), endpoint.describe());
		this.replyTopics = replyTopics;
		this.interceptors = interceptors;
	}

	/**
	 * Return what everything passes that is published while a record is handled.
	 * @return the interceptors, the outermost first
	 */
	public List<PublisherInterceptor> interceptors() {
		return this.interceptors.ofSubscriber();
	}

	/**
	 * Find out whether a record can be answered, if it asks for it.
	 * @param incoming the record
	 * @return {@code null} when there is nothing to find out; else a stage that completes
	 * when it can be answered, or fails
	 */
	public @Nullable CompletionStage<?> lookUp(ConsumerRecord<byte[], byte[]> incoming) {
		ReplyAddress address = address(incoming);
		return (address != null && this.replyTopics != null) ? this.replyTopics.lookUp(address) : null;
	}

	/**
	 * Find out again whether a record can be answered, if its answer could not be sent.
	 * @param incoming the record
	 * @param unsent what could not be sent
	 * @return as for {@link #lookUp(ConsumerRecord)}
	 */
	public @Nullable CompletionStage<?> lookUp(ConsumerRecord<byte[], byte[]> incoming,
			List<ProducerRecord<byte[], byte[]>> unsent) {
		ReplyAddress address = address(incoming);
		boolean answer = address != null
				&& unsent.stream().anyMatch((record) -> record.topic().equals(address.topic()));
		return answer ? lookUp(incoming) : null;
	}

	/**
	 * Make the records that a result causes which belongs to several records, so that
	 * none of them is answered, and that has no key by itself.
	 * @param handled one of the records
	 * @param result what their handler returned
	 * @return the records, in the order in which they are to be sent
	 */
	public List<ProducerRecord<byte[], byte[]>> prepareTogether(StreamRecord handled, Object result) {
		return prepare(handled, withoutKey(handled.source()), result, null);
	}

	/**
	 * Make the records that a result causes.
	 * @param handled the record that was handled
	 * @param result what its handler returned
	 * @return the records, in the order in which they are to be sent
	 */
	public List<ProducerRecord<byte[], byte[]>> prepare(StreamRecord handled, @Nullable Object result) {
		return prepare(handled, handled.source(), result, address(handled.source()));
	}

	/**
	 * Return whether the handler gives answers to those who ask for them.
	 * @return whether it does
	 */
	public boolean isAnswering() {
		return this.replyTopics != null;
	}

	/**
	 * Make the answer that says that there is none, because the handler has failed. Only
	 * who has said that it understands this gets one.
	 * @param incoming the record
	 * @param failure what it has failed with
	 * @return the answer, or nothing when nobody waits for it
	 */
	public List<ProducerRecord<byte[], byte[]>> prepareError(ConsumerRecord<byte[], byte[]> incoming,
			Throwable failure) {
		ReplyAddress address = address(incoming);
		if (address == null || failure instanceof ReplyTopicException
				|| incoming.headers().lastHeader(RecordHeaderNames.REPLY_ERRORS) == null) {
			return List.of();
		}
		RecordEncoder records = new RecordEncoder(1, null);
		records.add(address.answer(incoming, failure, CorrelationIds.headerFor(incoming)), this.plain.writer(),
				this.plain.interceptors());
		return records.encoded();
	}

	private List<ProducerRecord<byte[], byte[]>> prepare(StreamRecord handled, ConsumerRecord<byte[], byte[]> incoming,
			@Nullable Object result, @Nullable ReplyAddress address) {
		boolean published = result != null && (!this.factories.isEmpty() || this.elements.mayHaveTopics(result));
		if (address == null && !published) {
			return List.of();
		}
		Header correlationId = CorrelationIds.headerFor(incoming);
		RecordEncoder records = new RecordEncoder(this.factories.size() + 1, handled);
		try {
			add(records, incoming, result, address, correlationId);
		}
		catch (RuntimeException ex) {
			records.abandon(ex);
			throw ex;
		}
		return records.encoded();
	}

	private void add(RecordEncoder records, ConsumerRecord<byte[], byte[]> incoming, @Nullable Object result,
			@Nullable ReplyAddress address, Header correlationId) {
		if (result == null) {
			answer(records, incoming, address, null, correlationId);
		}
		else if (this.elements.areIn(result)) {
			addAll(records, incoming, (Collection<?>) result, address, correlationId);
		}
		else {
			addElement(records, incoming, result, address, correlationId);
		}
	}

	private void addAll(RecordEncoder records, ConsumerRecord<byte[], byte[]> incoming, Collection<?> elements,
			@Nullable ReplyAddress address, Header correlationId) {
		boolean none = true;
		for (Object element : elements) {
			if (element != null) {
				none = false;
				addElement(records, incoming, element, address, correlationId);
			}
		}
		if (none) {
			answer(records, incoming, address, null, correlationId);
		}
	}

	private void addElement(RecordEncoder records, ConsumerRecord<byte[], byte[]> incoming, Object element,
			@Nullable ReplyAddress address, Header correlationId) {
		answer(records, incoming, address, element, correlationId);
		if (ResultElements.isSpecial(element)) {
			publish(records, incoming, OutgoingRecords.response(element), correlationId);
		}
		else {
			publish(records, incoming, element, correlationId);
		}
	}

	private void answer(RecordEncoder records, ConsumerRecord<byte[], byte[]> incoming, @Nullable ReplyAddress address,
			@Nullable Object element, Header correlationId) {
		if (address != null) {
			Response<?> response = (element != null) ? OutgoingRecords.response(element) : null;
			records.add(address.answer(incoming, response, correlationId), this.plain.writer(),
					this.plain.interceptors());
		}
	}

	private void publish(RecordEncoder records, ConsumerRecord<byte[], byte[]> incoming, Response<?> response,
			Header correlationId) {
		if (response.topic() != null) {
			ReplyRecordFactory factory = this.factories.isEmpty() ? this.plain : this.factories.get(0);
			records.add(factory.create(incoming, response, correlationId), factory.writer(), factory.interceptors());
			return;
		}
		for (ReplyRecordFactory factory : this.factories) {
			records.add(factory.create(incoming, response, correlationId), factory.writer(), factory.interceptors());
		}
	}

	private void publish(RecordEncoder records, ConsumerRecord<byte[], byte[]> incoming, Object body,
			Header correlationId) {
		for (ReplyRecordFactory factory : this.factories) {
			records.add(factory.create(incoming, body, correlationId), factory.writer(), factory.interceptors());
		}
	}

	private static ConsumerRecord<byte[], byte[]> withoutKey(ConsumerRecord<byte[], byte[]> record) {
		return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.timestamp(),
				record.timestampType(), ConsumerRecord.NULL_SIZE, record.serializedValueSize(), null, record.value(),
				record.headers(), record.leaderEpoch());
	}

	private @Nullable ReplyAddress address(ConsumerRecord<byte[], byte[]> incoming) {
		return (this.replyTopics != null) ? ReplyAddress.of(incoming) : null;
	}

}
