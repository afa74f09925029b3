package dev.millrace.failure;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Headers of UTF-8 text. Names that SmallRye Reactive Messaging has for the same thing
 * are its names.
 */
final class TextOriginHeaders implements OriginHeaders {

	private static final String PREFIX = "dead-letter-";

	/**
	 * How many characters a text has at most, so that a record that was just small enough
	 * for the broker does not become too large by a long message.
	 */
	private static final int LIMIT = 1000;

	private static final int MAX_CAUSES = 10;

	private final SubscriberEndpoint endpoint;

	TextOriginHeaders(SubscriberEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public void add(Headers headers, ConsumerRecord<byte[], byte[]> record, Throwable failure, int attempts) {
		put(headers, "reason", reason(failure));
		put(headers, "exception-class-name", failure.getClass().getName());
		put(headers, "exceptions", chain(failure));
		put(headers, "topic", record.topic());
		put(headers, "partition", String.valueOf(record.partition()));
		put(headers, "offset", String.valueOf(record.offset()));
		put(headers, "timestamp", String.valueOf(record.timestamp()));
		put(headers, "group", this.endpoint.consumer().groupId());
		put(headers, "subscriber", this.endpoint.id());
		put(headers, "attempts", String.valueOf(attempts));
	}

	private static String reason(Throwable failure) {
		String message = failure.getMessage();
		return (message != null) ? message : failure.getClass().getSimpleName();
	}

	private static String chain(Throwable failure) {
		StringBuilder chain = new StringBuilder();
		Throwable cause = failure;
		for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
			chain.append((i > 0) ? "\n" : "").append(cause);
			cause = cause.getCause();
		}
		return chain.toString();
	}

	// A record may be a dead letter for the second time.
	private static void put(Headers headers, String name, String value) {
		String text = (value.length() > LIMIT) ? value.substring(0, LIMIT) : value;
		headers.remove(PREFIX + name);
		headers.add(PREFIX + name, text.getBytes(StandardCharsets.UTF_8));
	}

}
