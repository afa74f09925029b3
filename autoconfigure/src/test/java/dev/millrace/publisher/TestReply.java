package dev.millrace.publisher;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.PublisherEndpoint;

/**
 * Reply of a publisher to the topic {@code out}.
 */
final class TestReply {

	private @Nullable String key;

	private @Nullable String partition;

	private final Map<String, String> headers = new LinkedHashMap<>();

	private @Nullable Class<?> type;

	private TestRecord incoming = TestRecord.of("in").key("k");

	TestReply key(String expression) {
		this.key = expression;
		return this;
	}

	TestReply partition(String expression) {
		this.partition = expression;
		return this;
	}

	TestReply header(String name, String value) {
		this.headers.put(name, value);
		return this;
	}

	TestReply type(Class<?> type) {
		this.type = type;
		return this;
	}

	TestReply to(TestRecord incoming) {
		this.incoming = incoming;
		return this;
	}

	ProducerRecord<byte[], byte[]> create(Object value) {
		PublisherEndpoint endpoint = new PublisherEndpoint("out", this.key, this.partition, this.headers,
				BodySettings.NONE, List.of());
		ResolvableType valueType = ResolvableType.forClass((this.type != null) ? this.type : value.getClass());
		ReplyRecordFactory factory = new ReplyRecordFactory(endpoint, valueType, new BodyWriter(JsonMapper.shared()),
				List.of(), "Subscriber 'x'");
		RecordEncoder records = new RecordEncoder(1, null);
		records.add(factory.create(this.incoming.build(), value, TextHeader.of("correlation_id", "id")),
				factory.writer(), List.of());
		return records.encoded().get(0);
	}

	@Nullable String keyOf(Object value) {
		byte[] bytes = create(value).key();
		return (bytes != null) ? new String(bytes, StandardCharsets.UTF_8) : null;
	}

	static List<String> headers(ProducerRecord<byte[], byte[]> record) {
		return StreamSupport.stream(record.headers().spliterator(), false)
			.map((header) -> header.key() + "=" + new String(header.value(), StandardCharsets.UTF_8))
			.toList();
	}

	static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	static byte[] bytes(int... values) {
		byte[] bytes = new byte[values.length];
		Arrays.setAll(values, (i) -> bytes[i] = (byte) values[i]);
		return bytes;
	}

}
