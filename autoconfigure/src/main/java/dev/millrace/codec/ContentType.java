package dev.millrace.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a record's headers say about its body.
 *
 * @param kind how the body is to be read
 * @param charset the charset of text
 * @param mediaType the content type in lower case, without parameters; empty where
 * nothing is said
 * @param name the content type as it was written
 * @param own whether Millrace reads it itself, and no codec may
 */
record ContentType(Kind kind, Charset charset, String mediaType, String name, boolean own) {

	static final String HEADER = "content-type";

	private static final String SPRING_HEADER = "contentType";

	private static final String TEXT = "text/";

	private static final int MAX_NAME_LENGTH = 80;

	static final ContentType UNMARKED = new ContentType(Kind.UNMARKED, StandardCharsets.UTF_8, "", "", true);

	private static final Set<String> OWN = Set.of("", "application/json", "text/plain", "application/octet-stream");

	// What well-known clients write: found by comparing bytes, so that nothing is parsed
	private static final List<Known> KNOWN = List.of(Known.of("application/json"), Known.of("text/plain"),
			Known.of("application/octet-stream"), Known.of("application/json; charset=utf-8"),
			Known.of("application/json;charset=UTF-8"), Known.of("text/plain; charset=utf-8"),
			Known.of("text/plain;charset=UTF-8"), Known.of("\"application/json\""), Known.of("\"text/plain\""));

	// A topic rarely mixes the others
	private static volatile @Nullable Known latestParsed;

	static ContentType of(Headers headers) {
		Header header = headers.lastHeader(HEADER);
		if (header == null) {
			header = headers.lastHeader(SPRING_HEADER);
		}
		byte[] value = (header != null) ? header.value() : null;
		if (value == null || value.length == 0) {
			return UNMARKED;
		}
		for (Known known : KNOWN) {
			if (Arrays.equals(known.value, value)) {
				return known.contentType;
			}
		}
		Known latest = latestParsed;
		if (latest == null || !Arrays.equals(latest.value, value)) {
			latest = Known.parse(value);
			latestParsed = latest;
		}
		return latest.contentType;
	}

	static ContentType parse(String value) {
		String text = unquote(value.strip());
		int semicolon = text.indexOf(';');
		String type = ((semicolon < 0) ? text : text.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
		Charset charset = (type.startsWith(TEXT)) ? charset((semicolon < 0) ? "" : text.substring(semicolon))
				: StandardCharsets.UTF_8;
		return (charset != null) ? new ContentType(kind(type), charset, type, text, OWN.contains(type))
				: new ContentType(Kind.OTHER, StandardCharsets.UTF_8, type, text, false);
	}

	private static Kind kind(String type) {
		if (type.isEmpty() || type.equals("application/octet-stream")) {
			return Kind.UNMARKED;
		}
		if (type.equals("application/json") || type.endsWith("+json")) {
			return Kind.JSON;
		}
		return (type.startsWith(TEXT)) ? Kind.TEXT : Kind.OTHER;
	}

	private static @Nullable Charset charset(String parameters) {
		for (String parameter : parameters.split(";")) {
			int equals = parameter.indexOf('=');
			if (equals > 0 && parameter.substring(0, equals).strip().equalsIgnoreCase("charset")) {
				try {
					return Charset.forName(unquote(parameter.substring(equals + 1).strip()));
				}
				catch (IllegalArgumentException ex) {
					return null;
				}
			}
		}
		return StandardCharsets.UTF_8;
	}

	// Spring's header mapper writes a MIME type as a JSON string
	private static String unquote(String text) {
		boolean quoted = text.length() > 1 && text.charAt(0) == '"' && text.charAt(text.length() - 1) == '"';
		return (quoted) ? text.substring(1, text.length() - 1) : text;
	}

	// The name goes into messages and logs, and whoever sent the record has chosen it
	private static String printable(String text) {
		String name = text.replaceAll("[^ -~]", "?");
		return (name.length() <= MAX_NAME_LENGTH) ? name : name.substring(0, MAX_NAME_LENGTH) + "...";
	}

	boolean isSilent() {
		return this.mediaType.isEmpty();
	}

	// The charset of text may be one that Java doesn't have, or can only read.
	boolean canEncode() {
		return (this.kind != Kind.OTHER) ? this.charset.canEncode() : !this.mediaType.startsWith(TEXT);
	}

	String describe() {
		return (this.name.isEmpty()) ? "without content type" : "with content type '" + printable(this.name) + "'";
	}

	/**
	 * How a body is to be read.
	 */
	enum Kind {

		/** JSON. */
		JSON,

		/** Text in a charset. */
		TEXT,

		/** Nothing is said, or nothing that helps. */
		UNMARKED,

		/** A format that Millrace doesn't read by itself. */
		OTHER

	}

	/**
	 * Content type and the bytes that spell it.
	 */
	private static final class Known {

		private final byte[] value;

		private final ContentType contentType;

		private Known(byte[] value, ContentType contentType) {
			this.value = value;
			this.contentType = contentType;
		}

		static Known of(String value) {
			return parse(value.getBytes(StandardCharsets.UTF_8));
		}

		static Known parse(byte[] value) {
			String text = TextDecoder.decode(value, StandardCharsets.UTF_8);
			return new Known(value, (text != null) ? ContentType.parse(text) : UNMARKED);
		}

	}

}
