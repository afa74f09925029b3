package dev.millrace.codec;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Record as it comes from the broker, at {@code in-topic-2@42}.
 */
public final class TestRecord {

	private final byte @Nullable [] body;

	private byte @Nullable [] key;

	private final Headers headers = new RecordHeaders();

	private TestRecord(byte @Nullable [] body) {
		this.body = body;
	}

	public static TestRecord of(byte @Nullable [] body) {
		return new TestRecord(body);
	}

	public static TestRecord of(String body) {
		return new TestRecord(body.getBytes(StandardCharsets.UTF_8));
	}

	public static TestRecord json(String body) {
		return of(body).header("content-type", "application/json");
	}

	public static TestRecord text(String body) {
		return of(body).header("content-type", "text/plain");
	}

	public static TestRecord tombstone() {
		return new TestRecord(null);
	}

	public TestRecord header(String name, String value) {
		return header(name, value.getBytes(StandardCharsets.UTF_8));
	}

	public TestRecord header(String name, byte @Nullable [] value) {
		this.headers.add(name, value);
		return this;
	}

	public TestRecord key(String key) {
		return key(key.getBytes(StandardCharsets.UTF_8));
	}

	public TestRecord key(byte[] key) {
		this.key = key;
		return this;
	}

	public ConsumerRecord<byte[], byte[]> build() {
		return new ConsumerRecord<>("in-topic", 2, 42, 1_700_000_000_000L, TimestampType.CREATE_TIME,
				(this.key != null) ? this.key.length : -1, (this.body != null) ? this.body.length : -1, this.key,
				this.body, this.headers, Optional.of(7), Optional.empty());
	}

}
