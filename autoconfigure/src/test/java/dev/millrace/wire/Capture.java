package dev.millrace.wire;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Record that FastStream 0.7.4 has written, byte for byte, with pydantic 2.10 or, where
 * its name says so, 1.10. Bytes are hexadecimal.
 *
 * @param name what was written, and the offset of the record in its topic
 * @param key the key
 * @param headers names and values in their order
 * @param value the body
 * @param expected what a handler of {@link WireHandlers} gets, by its name: the simple
 * name of the class and the value as text
 */
record Capture(String name, String key, List<List<String>> headers, String value, Map<String, String> expected) {

	static List<Capture> all() {
		try (InputStream lines = Capture.class.getResourceAsStream("captures.jsonl")) {
			return new String(lines.readAllBytes(), StandardCharsets.UTF_8).lines()
				.map((line) -> JsonMapper.shared().readValue(line, Capture.class))
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static Capture named(String name) {
		return all().stream().filter((capture) -> capture.name().equals(name)).findFirst().orElseThrow();
	}

	ConsumerRecord<byte[], byte[]> record() {
		RecordHeaders headers = new RecordHeaders();
		this.headers.forEach((header) -> headers.add(header.get(0), bytes(header.get(1))));
		return new ConsumerRecord<>("in", 0, 0, 0, TimestampType.CREATE_TIME, -1, -1, bytes(this.key),
				bytes(this.value), headers, Optional.empty(), Optional.empty());
	}

	/**
	 * The handler whose parameter is of the type that was written.
	 * @return its name
	 */
	String nearestHandler() {
		return this.expected.keySet().iterator().next();
	}

	Stream<String> handlers() {
		return this.expected.keySet().stream();
	}

	@Override
	public String toString() {
		return this.name;
	}

	private static byte[] bytes(String hex) {
		return (hex != null) ? HexFormat.of().parseHex(hex) : null;
	}

}
