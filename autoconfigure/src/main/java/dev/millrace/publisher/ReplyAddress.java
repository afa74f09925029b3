package dev.millrace.publisher;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

import dev.millrace.OutgoingRecord;
import dev.millrace.Response;

/**
 * Where a record asks for an answer: in the header {@code reply_to}, or as spring-kafka's
 * requesters do.
 *
 * @param topic the topic
 * @param partition the partition, or {@code null} when it does not matter; -1 when it
 * can't be read
 */
record ReplyAddress(String topic, @Nullable Integer partition) {

	/**
	 * Return where a record asks for an answer.
	 * @param incoming the record
	 * @return the address, or {@code null} when it asks for none
	 */
	static @Nullable ReplyAddress of(ConsumerRecord<byte[], byte[]> incoming) {
		Headers headers = incoming.headers();
		byte[] topic = value(headers, RecordHeaderNames.REPLY_TO);
		if (topic == null) {
			topic = value(headers, KafkaHeaders.REPLY_TOPIC);
		}
		return (topic != null) ? new ReplyAddress(new String(topic, StandardCharsets.UTF_8), partition(headers)) : null;
	}

	/**
	 * Return an answer. It has the correlation ids of its request in the form that they
	 * came in, because that is what the requester compares them with.
	 * @param incoming the request
	 * @param response the body and the headers, or {@code null} for none
	 * @param correlationId the correlation id that goes with the request
	 * @return the answer
	 */
	OutgoingRecord answer(ConsumerRecord<byte[], byte[]> incoming, @Nullable Response<?> response,
			Header correlationId) {
		List<Header> headers = new ArrayList<>();
		if (response != null) {
			response.headers().forEach((name, value) -> headers.add(TextHeader.of(name, value)));
		}
		return answer(incoming, (response != null) ? response.body() : null, headers, correlationId);
	}

	/**
	 * Return an answer that says what has failed, without a value.
	 * @param incoming the request
	 * @param failure what has failed
	 * @param correlationId the correlation id that goes with the request
	 * @return the answer
	 */
	OutgoingRecord answer(ConsumerRecord<byte[], byte[]> incoming, Throwable failure, Header correlationId) {
		List<Header> headers = new ArrayList<>();
		headers.add(TextHeader.of(RecordHeaderNames.ERROR_TYPE, failure.getClass().getName()));
		headers.add(TextHeader.of(RecordHeaderNames.ERROR_MESSAGE,
				Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName())));
		return answer(incoming, null, headers, correlationId);
	}

	private OutgoingRecord answer(ConsumerRecord<byte[], byte[]> incoming, @Nullable Object body, List<Header> headers,
			Header correlationId) {
		Header own = present(incoming.headers(), RecordHeaderNames.CORRELATION_ID);
		Header springs = present(incoming.headers(), KafkaHeaders.CORRELATION_ID);
		headers.add((own != null) ? own : correlationId);
		if (springs != null) {
			headers.add(springs);
		}
		return new OutgoingRecord(this.topic, this.partition, null, null, body, headers);
	}

	private static @Nullable Integer partition(Headers headers) {
		byte[] partition = value(headers, KafkaHeaders.REPLY_PARTITION);
		if (partition == null) {
			return null;
		}
		return (partition.length == Integer.BYTES) ? ByteBuffer.wrap(partition).getInt() : -1;
	}

	private static byte @Nullable [] value(Headers headers, String name) {
		Header header = present(headers, name);
		return (header != null) ? header.value() : null;
	}

	private static @Nullable Header present(Headers headers, String name) {
		Header header = headers.lastHeader(name);
		return (header != null && header.value() != null && header.value().length > 0) ? header : null;
	}

}
