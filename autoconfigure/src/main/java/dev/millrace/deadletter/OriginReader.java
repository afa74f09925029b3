package dev.millrace.deadletter;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Reads where a dead letter came from: Millrace's headers, or else those of spring-kafka.
 */
final class OriginReader {

	/**
	 * How often a record has been replayed. It stays with the record, and is in its next
	 * dead letter.
	 */
	static final String REPLAYS = "dead-letter-replays";

	private static final List<String> PREFIXES = List.of("dead-letter-", "kafka_dlt-");

	private OriginReader() {
	}

	/**
	 * Read the headers of a dead letter.
	 * @param letter the dead letter
	 * @return where it came from, or {@code null} when its headers don't say
	 */
	static @Nullable DeadLetterOrigin read(ConsumerRecord<?, ?> letter) {
		Headers headers = letter.headers();
		try {
			return (headers.lastHeader("dead-letter-topic") != null) ? own(headers) : springs(headers);
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	/**
	 * Return the headers of the record that has failed.
	 * @param letter the dead letter
	 * @param replays how often it will have been replayed
	 * @return the headers
	 */
	static Headers replayed(ConsumerRecord<?, ?> letter, int replays) {
		RecordHeaders headers = new RecordHeaders();
		for (Header header : letter.headers()) {
			if (PREFIXES.stream().noneMatch(header.key()::startsWith)) {
				headers.add(header);
			}
		}
		headers.add(REPLAYS, String.valueOf(replays).getBytes(StandardCharsets.UTF_8));
		return headers;
	}

	private static @Nullable DeadLetterOrigin own(Headers headers) {
		String topic = text(headers, "dead-letter-topic");
		return (topic != null) ? new DeadLetterOrigin(
				new RecordPosition(topic, (int) number(headers, "dead-letter-partition"),
						number(headers, "dead-letter-offset")),
				number(headers, "dead-letter-timestamp"), text(headers, "dead-letter-group"),
				text(headers, "dead-letter-subscriber"), text(headers, "dead-letter-exception-class-name"),
				text(headers, "dead-letter-reason"), (int) number(headers, "dead-letter-attempts"), replays(headers))
				: null;
	}

	private static @Nullable DeadLetterOrigin springs(Headers headers) {
		String topic = text(headers, KafkaHeaders.DLT_ORIGINAL_TOPIC);
		byte[] partition = bytes(headers, KafkaHeaders.DLT_ORIGINAL_PARTITION);
		byte[] offset = bytes(headers, KafkaHeaders.DLT_ORIGINAL_OFFSET);
		byte[] timestamp = bytes(headers, KafkaHeaders.DLT_ORIGINAL_TIMESTAMP);
		if (topic == null || partition == null || partition.length != Integer.BYTES || offset == null
				|| offset.length != Long.BYTES) {
			return null;
		}
		String cause = text(headers, KafkaHeaders.DLT_EXCEPTION_CAUSE_FQCN);
		return new DeadLetterOrigin(
				new RecordPosition(topic, ByteBuffer.wrap(partition).getInt(), ByteBuffer.wrap(offset).getLong()),
				(timestamp != null && timestamp.length == Long.BYTES) ? ByteBuffer.wrap(timestamp).getLong() : -1,
				text(headers, KafkaHeaders.DLT_ORIGINAL_CONSUMER_GROUP), null,
				(cause != null) ? cause : text(headers, KafkaHeaders.DLT_EXCEPTION_FQCN),
				text(headers, KafkaHeaders.DLT_EXCEPTION_MESSAGE), 0, replays(headers));
	}

	private static int replays(Headers headers) {
		return (headers.lastHeader(REPLAYS) != null) ? (int) number(headers, REPLAYS) : 0;
	}

	private static long number(Headers headers, String name) {
		return Long.parseLong(String.valueOf(text(headers, name)));
	}

	private static @Nullable String text(Headers headers, String name) {
		byte[] bytes = bytes(headers, name);
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	private static byte @Nullable [] bytes(Headers headers, String name) {
		Header header = headers.lastHeader(name);
		return (header != null) ? header.value() : null;
	}

}
