package dev.millrace.publisher;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.springframework.kafka.support.KafkaHeaders;

/**
 * Carries the correlation id of a record on to what is published because of it.
 */
final class CorrelationIds {

	private static final String NAME = RecordHeaderNames.CORRELATION_ID;

	private static final int UUID_BYTES = 16;

	private CorrelationIds() {
	}

	/**
	 * Return the header for what a record causes: its own correlation id, else the one of
	 * a Spring peer, else its coordinates, which are the same when it is handled again.
	 * @param record the incoming record
	 * @return a header with a value of UTF-8 text
	 */
	static Header headerFor(ConsumerRecord<byte[], byte[]> record) {
		Header own = record.headers().lastHeader(NAME);
		if (own != null && own.value() != null && isId(own.value())) {
			return own;
		}
		return TextHeader.of(NAME, foreignId(record));
	}

	private static String foreignId(ConsumerRecord<byte[], byte[]> record) {
		Header spring = record.headers().lastHeader(KafkaHeaders.CORRELATION_ID);
		byte[] value = (spring != null) ? spring.value() : null;
		if (value != null && isId(value)) {
			return new String(value, StandardCharsets.UTF_8);
		}
		if (value != null && value.length == UUID_BYTES) {
			ByteBuffer bytes = ByteBuffer.wrap(value);
			return new UUID(bytes.getLong(), bytes.getLong()).toString();
		}
		return record.topic() + '-' + record.partition() + '@' + record.offset();
	}

	private static boolean isId(byte[] value) {
		return value.length > 0 && isText(value);
	}

	private static boolean isText(byte[] value) {
		for (byte b : value) {
			if (b < 0) {
				return isUtf8(value);
			}
		}
		return true;
	}

	private static boolean isUtf8(byte[] value) {
		try {
			StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(value));
			return true;
		}
		catch (CharacterCodingException ex) {
			return false;
		}
	}

}
