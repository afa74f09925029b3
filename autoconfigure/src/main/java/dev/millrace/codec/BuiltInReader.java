package dev.millrace.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads bodies that are JSON, text, or not marked.
 */
final class BuiltInReader {

	private final ObjectReader json;

	private final TextConverter textConverter;

	// Jackson looks for what reads a type when a reader is made, which not all need.
	private final Supplier<ObjectReader> anyReader;

	private final JavaType text;

	private final Map<JavaType, ObjectReader> readers = new ConcurrentHashMap<>();

	private BuiltInReader(JsonMapper mapper, ObjectReader json) {
		// Python's json writes NaN and Infinity as they are.
		this.json = json.with(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS);
		this.textConverter = new TextConverter(mapper);
		this.anyReader = SingletonSupplier
			.of(() -> this.json.forType(Object.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
		this.text = mapper.constructType(String.class);
	}

	static BuiltInReader of(JsonMapper mapper) {
		return new BuiltInReader(mapper, mapper.reader());
	}

	/**
	 * Create a reader of trees that values are made of later, whose types then say how
	 * exact their fractions are to be.
	 * @param mapper the mapper that reads
	 * @return the reader
	 */
	static BuiltInReader exact(JsonMapper mapper) {
		return new BuiltInReader(mapper,
				mapper.reader()
					.with(JsonNodeFeature.USE_BIG_DECIMAL_FOR_FLOATS)
					.without(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES));
	}

	@Nullable Object read(byte[] body, ContentType contentType, JavaType target) {
		return switch (contentType.kind()) {
			case JSON -> readJson(body, target);
			case TEXT -> this.textConverter.convert(decode(body, contentType.charset()), target);
			case UNMARKED -> readUnmarked(body, target);
			case OTHER -> throw new IllegalArgumentException("Not a content type that can be read");
		};
	}

	JsonParser parser(byte[] body) {
		return this.json.createParser(body);
	}

	private @Nullable Object readJson(byte[] body, JavaType target) {
		return (isText(target)) ? readJsonAsText(body) : reader(target).readValue(body);
	}

	private @Nullable Object readUnmarked(byte[] body, JavaType target) {
		if (isText(target)) {
			return decode(body, StandardCharsets.UTF_8);
		}
		if (body.length == 0) {
			return null;
		}
		return (target.isJavaLangObject()) ? readAnything(body) : reader(target).readValue(body);
	}

	private @Nullable Object readJsonAsText(byte[] body) {
		int first = firstByte(body);
		if (first < 0) {
			throw new IllegalArgumentException("No content");
		}
		if (first == '"') {
			return reader(this.text).readValue(body);
		}
		String text = decode(body, StandardCharsets.UTF_8);
		return (first == 'n' && text.strip().equals("null")) ? null : text;
	}

	private Object readAnything(byte[] body) {
		if (mayBeJson(firstByte(body))) {
			try {
				return this.anyReader.get().readValue(body);
			}
			catch (JacksonException ex) {
				// Text that happens to begin like JSON
			}
		}
		String text = TextDecoder.decode(body, StandardCharsets.UTF_8);
		return (text != null) ? text : body;
	}

	private ObjectReader reader(JavaType target) {
		ObjectReader reader = this.readers.get(target);
		return (reader != null) ? reader : this.readers.computeIfAbsent(target, this.json::forType);
	}

	private static boolean isText(JavaType target) {
		return target.getRawClass() == String.class || target.getRawClass() == CharSequence.class;
	}

	private static int firstByte(byte[] body) {
		for (byte b : body) {
			if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
				return b & 0xFF;
			}
		}
		return -1;
	}

	private static boolean mayBeJson(int first) {
		return first >= 0 && "{[\"-0123456789tfn".indexOf(first) >= 0;
	}

	private static String decode(byte[] body, Charset charset) {
		String text = TextDecoder.decode(body, charset);
		if (text == null) {
			throw new IllegalArgumentException("Malformed " + charset.name());
		}
		return text;
	}

}
