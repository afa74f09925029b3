package dev.millrace.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/**
 * Converts text that stands alone, a key, a header or a {@code text/plain} body, to a
 * type. Numbers, booleans and UUIDs are read by Java's own rules, all else as the mapper
 * reads a JSON string. Text that is blank is no value of any type but text, and a number
 * is no longer than the mapper has it in JSON.
 */
public final class TextConverter {

	private static final Map<Class<?>, Function<String, Object>> SCALARS = Map.ofEntries(
			Map.entry(int.class, Integer::valueOf), Map.entry(Integer.class, Integer::valueOf),
			Map.entry(long.class, Long::valueOf), Map.entry(Long.class, Long::valueOf),
			Map.entry(short.class, Short::valueOf), Map.entry(Short.class, Short::valueOf),
			Map.entry(byte.class, Byte::valueOf), Map.entry(Byte.class, Byte::valueOf),
			Map.entry(double.class, Double::valueOf), Map.entry(Double.class, Double::valueOf),
			Map.entry(float.class, Float::valueOf), Map.entry(Float.class, Float::valueOf),
			Map.entry(boolean.class, TextConverter::toBoolean), Map.entry(Boolean.class, TextConverter::toBoolean),
			Map.entry(BigDecimal.class, BigDecimal::new), Map.entry(BigInteger.class, BigInteger::new),
			Map.entry(UUID.class, UUID::fromString));

	private final JsonMapper mapper;

	private final StreamReadConstraints constraints;

	private final Map<JavaType, ObjectReader> readers = new ConcurrentHashMap<>();

	/**
	 * Create a converter.
	 * @param mapper the mapper that reads what is no plain number, boolean or UUID
	 */
	public TextConverter(JsonMapper mapper) {
		this.mapper = mapper;
		this.constraints = mapper.tokenStreamFactory().streamReadConstraints();
	}

	/**
	 * Convert text.
	 * @param text the text
	 * @param target the type to convert to
	 * @return the value
	 * @throws IllegalArgumentException when the text is no value of that type; its
	 * message may hold the text
	 */
	public Object convert(String text, JavaType target) {
		if (target.getRawClass().isAssignableFrom(String.class)) {
			return text;
		}
		if (text.isBlank()) {
			throw new IllegalArgumentException("Blank text");
		}
		Function<String, Object> scalar = SCALARS.get(target.getRawClass());
		return (scalar != null) ? scalar.apply(limited(text.strip())) : convertByMapper(text, target);
	}

	// To make a number of very many digits takes very long.
	private String limited(String text) {
		try {
			this.constraints.validateFPLength(text.length());
			return text;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("Longer than a number in JSON may be", ex);
		}
	}

	private Object convertByMapper(String text, JavaType target) {
		try {
			Object value = this.readers.computeIfAbsent(target, this.mapper::readerFor).readValue(new StringNode(text));
			if (value == null) {
				throw new IllegalArgumentException("The mapper reads it as null");
			}
			return value;
		}
		catch (JacksonException ex) {
			throw new IllegalArgumentException("The mapper can't read it", ex);
		}
	}

	private static Boolean toBoolean(String text) {
		return switch (text) {
			case "true", "True", "TRUE" -> Boolean.TRUE;
			case "false", "False", "FALSE" -> Boolean.FALSE;
			default -> throw new IllegalArgumentException("Neither true nor false");
		};
	}

}
