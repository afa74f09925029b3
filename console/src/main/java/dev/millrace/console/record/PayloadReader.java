package dev.millrace.console.record;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.core.util.Separators;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes text of bytes. What is not needed of long ones is left out. Safe for use by
 * several threads.
 */
public final class PayloadReader {

	private static final int HEX_BYTES = 1024;

	private static final int HEX_LINE = 16;

	// Numbers are to be shown as they are.
	private final JsonMapper mapper = JsonMapper.builder()
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.build();

	private final ObjectWriter writer = this.mapper.writer()
		.with(new DefaultPrettyPrinter(
				Separators.createDefaultInstance().withObjectNameValueSpacing(Separators.Spacing.AFTER)));

	private final int limit;

	/**
	 * Create a reader.
	 * @param limit how many characters are shown at most
	 */
	public PayloadReader(int limit) {
		this.limit = limit;
	}

	/**
	 * Make text of bytes.
	 * @param bytes the bytes, or {@code null} when there is nothing
	 * @return the text
	 */
	public Payload read(byte @Nullable [] bytes) {
		if (bytes == null) {
			return new Payload(Payload.Kind.NONE, null, 0, false);
		}
		String text = text(bytes);
		if (text == null) {
			return new Payload(Payload.Kind.BINARY, hex(bytes), bytes.length, bytes.length > HEX_BYTES);
		}
		String json = (text.length() <= this.limit) ? json(text) : null;
		if (json != null) {
			return new Payload(Payload.Kind.JSON, json, bytes.length, false);
		}
		boolean cut = text.length() > this.limit;
		return new Payload(Payload.Kind.TEXT, cut ? text.substring(0, this.limit) : text, bytes.length, cut);
	}

	/**
	 * Read text.
	 * @param bytes the bytes
	 * @return the text, or {@code null} when it is none
	 */
	static @Nullable String text(byte[] bytes) {
		try {
			String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
			return text.chars().allMatch(PayloadReader::isText) ? text : null;
		}
		catch (CharacterCodingException ex) {
			return null;
		}
	}

	private static boolean isText(int character) {
		return character >= ' ' || character == '\n' || character == '\r' || character == '\t';
	}

	private @Nullable String json(String text) {
		String trimmed = text.stripLeading();
		if (!trimmed.startsWith("{") && !trimmed.startsWith("[")) {
			return null;
		}
		try {
			return this.writer.writeValueAsString(this.mapper.readTree(text));
		}
		catch (JacksonException ex) {
			return null;
		}
	}

	private static String hex(byte[] bytes) {
		StringBuilder text = new StringBuilder();
		for (int from = 0; from < Math.min(bytes.length, HEX_BYTES); from += HEX_LINE) {
			int to = Math.min(from + HEX_LINE, bytes.length);
			text.append("%08x  ".formatted(from)).append(HexFormat.ofDelimiter(" ").formatHex(bytes, from, to));
			text.append("   ".repeat(HEX_LINE - (to - from))).append("  ");
			for (int i = from; i < to; i++) {
				text.append((bytes[i] >= ' ' && bytes[i] < Byte.MAX_VALUE) ? (char) bytes[i] : '.');
			}
			text.append('\n');
		}
		return text.toString();
	}

}
