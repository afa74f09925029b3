package dev.millrace.asyncapi;

import java.lang.reflect.Type;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.MonthDay;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsonFormatVisitors.JsonAnyFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonArrayFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonBooleanFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonFormatVisitorWrapper;
import tools.jackson.databind.jsonFormatVisitors.JsonIntegerFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonNumberFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonStringFormatVisitor;
import tools.jackson.databind.jsonFormatVisitors.JsonValueFormat;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Schemas of the types that the mapper writes as one value: text, numbers, enums, dates,
 * and whatever has a {@code @JsonValue} or a serializer of its own. The mapper is asked,
 * because only it knows.
 */
final class ScalarTypes {

	private static final Set<String> OPAQUE = Set.of("org.apache.avro.generic.IndexedRecord",
			"com.google.protobuf.MessageOrBuilder", "io.cloudevents.CloudEvent");

	/** The formats of RFC 3339 have one. */
	private static final Set<Class<?>> WITHOUT_ZONE = Set.of(LocalDateTime.class, LocalTime.class, YearMonth.class,
			MonthDay.class, Year.class, Period.class);

	private final JsonMapper mapper;

	ScalarTypes(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Return the schema of a type.
	 * @param type the type
	 * @param raw its class
	 * @return the schema, or {@code null} when the type is written as an object or an
	 * array
	 */
	@Nullable ObjectNode schemaOf(Type type, Class<?> raw) {
		ObjectNode schema = JsonNodeFactory.instance.objectNode();
		if (raw == Object.class) {
			return schema;
		}
		if (raw == Void.class || raw == void.class) {
			return schema.put("type", "null");
		}
		if (raw == byte[].class) {
			return schema.put("type", "string").put("contentEncoding", "base64");
		}
		if (CharSequence.class.isAssignableFrom(raw)) {
			return schema.put("type", "string");
		}
		if (isOpaque(raw)) {
			return schema.put("title", raw.getSimpleName());
		}
		return ask(this.mapper.constructType(type), schema);
	}

	/**
	 * Tell whether only a codec knows what values of a type look like.
	 * @param type the type
	 * @return whether the type has no schema
	 */
	static boolean isOpaque(Type type) {
		return type instanceof Class<?> raw && OPAQUE.stream().anyMatch((name) -> isA(raw, name));
	}

	private @Nullable ObjectNode ask(JavaType type, ObjectNode schema) {
		Answer answer = new Answer(schema);
		try {
			this.mapper.acceptJsonFormatVisitor(type, answer);
		}
		catch (JacksonException ex) {
			return null;
		}
		if (type.getRawClass() == Duration.class && schema.path("type").asString("").equals("string")) {
			schema.put("format", "duration");
		}
		else if (WITHOUT_ZONE.contains(type.getRawClass())) {
			schema.remove("format");
		}
		return answer.scalar ? schema : null;
	}

	private static boolean isA(Class<?> type, String name) {
		return ClassUtils.getAllInterfacesForClassAsSet(type)
			.stream()
			.anyMatch((candidate) -> candidate.getName().equals(name)) || type.getName().equals(name);
	}

	/**
	 * What the mapper says.
	 */
	private static final class Answer extends JsonFormatVisitorWrapper.Base {

		private final ObjectNode schema;

		private boolean scalar;

		Answer(ObjectNode schema) {
			this.schema = schema;
		}

		@Override
		public JsonStringFormatVisitor expectStringFormat(JavaType type) {
			is("string");
			return new JsonStringFormatVisitor.Base() {

				@Override
				public void format(JsonValueFormat format) {
					Answer.this.schema.put("format", format.toString());
				}

				@Override
				public void enumTypes(Set<String> values) {
					values.forEach(Answer.this.schema.putArray("enum")::add);
				}

			};
		}

		@Override
		public JsonNumberFormatVisitor expectNumberFormat(JavaType type) {
			is("number");
			return new JsonNumberFormatVisitor.Base();
		}

		@Override
		public JsonIntegerFormatVisitor expectIntegerFormat(JavaType type) {
			is("integer");
			return new JsonIntegerFormatVisitor.Base();
		}

		@Override
		public JsonBooleanFormatVisitor expectBooleanFormat(JavaType type) {
			is("boolean");
			return new JsonBooleanFormatVisitor.Base();
		}

		@Override
		public JsonAnyFormatVisitor expectAnyFormat(JavaType type) {
			this.scalar = true;
			return new JsonAnyFormatVisitor.Base();
		}

		@Override
		public @Nullable JsonArrayFormatVisitor expectArrayFormat(JavaType type) {
			return null;
		}

		private void is(String type) {
			this.scalar = true;
			this.schema.put("type", type);
		}

	}

}
