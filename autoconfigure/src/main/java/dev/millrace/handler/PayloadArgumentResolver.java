package dev.millrace.handler;

import org.jspecify.annotations.Nullable;
import org.springframework.messaging.handler.annotation.Payload;
import org.springframework.util.StringUtils;

import dev.millrace.codec.BodyReader;

/**
 * Binds the whole body.
 */
final class PayloadArgumentResolver implements ArgumentResolver {

	private final BodyReader bodyReader;

	PayloadArgumentResolver(BodyReader bodyReader) {
		this.bodyReader = bodyReader;
	}

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		Payload payload = parameter.annotation(Payload.class);
		if (payload == null) {
			return null;
		}
		if (StringUtils.hasText(payload.expression())) {
			throw parameter.unsupported("has a @Payload with an expression, which Millrace doesn't evaluate.",
					"Remove the expression; two or more parameters without an annotation take the fields of the body.");
		}
		return wholeBody(parameter.required(payload.required()));
	}

	ArgumentBinder wholeBody(HandlerParameter parameter) {
		return new ParameterBinder(parameter, "body", (record) -> this.bodyReader.read(record, parameter.type()));
	}

}
