package dev.millrace.handler;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;
import org.springframework.core.annotation.AnnotatedMethod;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.messaging.handler.annotation.ValueConstants;
import org.springframework.util.StringUtils;
import org.springframework.util.StringValueResolver;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamOperations;
import dev.millrace.annotation.Key;
import dev.millrace.annotation.Path;
import dev.millrace.endpoint.BodyType;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.HandlerSignature;
import dev.millrace.endpoint.NamedType;
import dev.millrace.publisher.ResultElements;

/**
 * Finds out what handlers take and give, for those who describe them. It refuses nothing
 * but texts that can't be resolved: what can't be bound is told when the invoker is
 * created.
 */
public final class SignatureReader {

	private final JsonMapper mapper;

	private final StringValueResolver texts;

	private final FieldNames fieldNames;

	/**
	 * Create a reader.
	 * @param mapper the mapper that reads bodies
	 * @param texts resolves the texts of annotations
	 */
	public SignatureReader(JsonMapper mapper, StringValueResolver texts) {
		this.mapper = mapper;
		this.texts = texts;
		this.fieldNames = new FieldNames(mapper.deserializationConfig());
	}

	/**
	 * Read the signature of a handler.
	 * @param method the handler
	 * @param batch whether it gets several records at once
	 * @return what it takes of one record, and what it gives for it
	 * @throws StreamConfigurationException when a text of an annotation can't be resolved
	 */
	public HandlerSignature read(HandlerMethod method, boolean batch) {
		Parts parts = new Parts();
		for (MethodParameter parameter : new AnnotatedMethod(method.method()).getMethodParameters()) {
			HandlerParameter declared = new HandlerParameter(method, parameter, this.mapper.getTypeFactory(),
					this.texts);
			HandlerParameter one = (batch) ? declared.elements(this.mapper.getTypeFactory()) : declared;
			if (one != null) {
				read(one, parts);
			}
		}
		return new HandlerSignature(body(parts), parts.key, parts.headers, parts.path, result(method, batch));
	}

	private void read(HandlerParameter parameter, Parts parts) {
		JavaType type = parameter.type();
		Header header = parameter.annotation(Header.class);
		Payload payload = parameter.annotation(Payload.class);
		Path path = parameter.annotation(Path.class);
		if (payload != null) {
			parts.whole = whole(parameter, parameter.isOptional() || !payload.required());
		}
		else if (parameter.isAnnotated(Key.class)) {
			parts.key = parameter.valueType();
		}
		else if (path != null) {
			parts.path.add(named(parameter, parameter.resolve(path.value()), null, true));
		}
		else if (header != null) {
			addHeader(parameter, header, parts);
		}
		else if (type.getRawClass() == ConsumerRecord.class) {
			readRecord(type, parts);
		}
		else if (!parameter.isAnnotated(Headers.class) && type.getRawClass() != StreamOperations.class
				&& !InfrastructureArgumentResolver.isInfrastructure(type)) {
			parts.free.add(parameter);
		}
	}

	private static void addHeader(HandlerParameter parameter, Header header, Parts parts) {
		String given = parameter.resolve(header.name());
		String name = StringUtils.hasText(given) ? given : parameter.name();
		if (name == null || RecordProperty.BY_NAME.containsKey(name)) {
			return;
		}
		boolean hasDefault = !ValueConstants.DEFAULT_NONE.equals(header.defaultValue());
		parts.headers.add(named(parameter, name, hasDefault ? parameter.resolve(header.defaultValue()) : null,
				header.required() && !hasDefault && !parameter.isOptional()));
	}

	// What says nothing about its types leaves them to the other parameters.
	private static void readRecord(JavaType type, Parts parts) {
		JavaType key = type.containedTypeOrUnknown(0);
		JavaType value = type.containedTypeOrUnknown(1);
		if (parts.key == null && !key.isJavaLangObject()) {
			parts.key = HandlerParameter.plain(key);
		}
		if (parts.whole == null && !value.isJavaLangObject()) {
			parts.whole = new BodyType(HandlerParameter.plain(value), true);
		}
	}

	private BodyType body(Parts parts) {
		List<HandlerParameter> free = parts.free;
		if (free.isEmpty()) {
			return (parts.whole != null) ? parts.whole : BodyType.UNKNOWN;
		}
		if (free.size() == 1 && FieldNames.explicitName(free.get(0)).isEmpty()) {
			return whole(free.get(0), free.get(0).isOptional());
		}
		return BodyType.of(free.stream()
			.filter(FieldNames::isNamed)
			.map((parameter) -> named(parameter, this.fieldNames.of(parameter).get(0), null, !parameter.acceptsNull()))
			.toList());
	}

	private static BodyType whole(HandlerParameter parameter, boolean nullable) {
		return new BodyType(parameter.valueType(), nullable, List.of(), parameter.annotations());
	}

	private static NamedType named(HandlerParameter parameter, String name, @Nullable String defaultValue,
			boolean required) {
		String own = parameter.name();
		return new NamedType((name.isEmpty() && own != null) ? own : name, parameter.valueType(), required,
				parameter.isOptional(), defaultValue, parameter.annotations());
	}

	private static @Nullable BodyType result(HandlerMethod method, boolean batch) {
		ResultType result;
		try {
			result = batch ? ResultType.ofBatches(method) : ResultType.of(method);
		}
		catch (StreamConfigurationException ex) {
			return null;
		}
		if (result.isVoid()) {
			return null;
		}
		boolean nullable = Nullness.forMethodReturnType(method.method()) == Nullness.NULLABLE
				|| method.method().getReturnType() == Optional.class;
		return new BodyType(new ResultElements(result.valueType()).bodyType().getType(), nullable);
	}

	/**
	 * What is known so far.
	 */
	private static final class Parts {

		private final List<HandlerParameter> free = new ArrayList<>();

		private final List<NamedType> headers = new ArrayList<>();

		private final List<NamedType> path = new ArrayList<>();

		private @Nullable BodyType whole;

		private @Nullable Type key;

	}

}
