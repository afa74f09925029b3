package dev.millrace.handler;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.springframework.messaging.handler.annotation.Payload;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.codec.BodyReader;

/**
 * Decides how the body reaches the parameters that nothing else claims: as a whole to a
 * single one, spread over several.
 */
final class BodyArguments {

	private final JsonMapper mapper;

	private final BodyReader bodyReader;

	private final FieldNames fieldNames;

	BodyArguments(JsonMapper mapper, BodyReader bodyReader) {
		this.mapper = mapper;
		this.bodyReader = bodyReader;
		this.fieldNames = new FieldNames(mapper.deserializationConfig());
	}

	static void checkPayload(List<HandlerParameter> parameters, List<HandlerParameter> free) {
		List<HandlerParameter> payloads = parameters.stream()
			.filter((parameter) -> parameter.isAnnotated(Payload.class))
			.toList();
		if (payloads.size() > 1) {
			throw payloads.get(1)
				.unsupported("is a second @Payload.",
						"Keep one @Payload, or remove them all to take the fields of the body.");
		}
		if (payloads.size() == 1 && !free.isEmpty()) {
			throw free.get(0)
				.unsupported("has no annotation, while another parameter takes the whole body by @Payload.",
						"Remove the @Payload to take the fields of the body, or annotate this parameter.");
		}
	}

	ArgumentBinder binder(List<HandlerParameter> free) {
		HandlerParameter first = free.get(0);
		boolean whole = free.size() == 1 && FieldNames.explicitName(first).isEmpty();
		return (whole) ? new PayloadArgumentResolver(this.bodyReader).wholeBody(first) : fieldsBinder(free);
	}

	private ArgumentBinder fieldsBinder(List<HandlerParameter> parameters) {
		Set<String> bestNames = new HashSet<>();
		for (HandlerParameter parameter : parameters) {
			if (!FieldNames.isNamed(parameter)) {
				throw parameter.unsupported("takes a field of the body, but its name is not known.",
						"Compile with '-parameters' or name the field by @JsonProperty(\"...\").");
			}
			if (!bestNames.add(this.fieldNames.of(parameter).get(0))) {
				throw parameter.unsupported("takes the same field of the body as another parameter.",
						"Give each its own @JsonProperty(\"...\").");
			}
		}
		List<List<String>> names = parameters.stream().map(this.fieldNames::of).toList();
		return new FieldsBinder(this.bodyReader, parameters.stream().map(this::fieldReader).toList(),
				FieldMatcher.of(names, this.mapper),
				this.mapper.isEnabled(DeserializationFeature.FAIL_ON_TRAILING_TOKENS));
	}

	private FieldReader fieldReader(HandlerParameter parameter) {
		try {
			DeserializationContext context = (DeserializationContext) this.mapper.createParser(new byte[0])
				.objectReadContext();
			ValueDeserializer<Object> deserializer = context.findRootValueDeserializer(parameter.type());
			return new FieldReader(parameter, "field '" + this.fieldNames.of(parameter).get(0) + "'", deserializer);
		}
		catch (JacksonException ex) {
			throw parameter.unsupported("is of a type that the JsonMapper can't read: " + ex.getOriginalMessage(),
					"Make it readable by Jackson.");
		}
	}

}
