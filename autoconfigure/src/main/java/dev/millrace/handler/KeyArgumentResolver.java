package dev.millrace.handler;

import java.util.function.Function;

import org.jspecify.annotations.Nullable;

import dev.millrace.annotation.Key;

/**
 * Binds the key of the record.
 */
final class KeyArgumentResolver implements ArgumentResolver {

	private final BytesConverter converter;

	KeyArgumentResolver(BytesConverter converter) {
		this.converter = converter;
	}

	@Override
	public @Nullable ArgumentBinder resolve(HandlerParameter parameter) {
		if (!parameter.isAnnotated(Key.class)) {
			return null;
		}
		Function<byte[], Object> conversion = this.converter.fromBytes(parameter.type());
		return new ParameterBinder(parameter, "key",
				(record) -> (record.key() != null) ? conversion.apply(record.key()) : null);
	}

}
