package dev.millrace.handler;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

/**
 * How a parameter holds its value: as it is, or in one of Java's optionals.
 */
enum Wrapping {

	NONE {

		@Override
		JavaType valueType(JavaType declared, TypeFactory types) {
			return declared;
		}

		@Override
		@Nullable Object wrap(@Nullable Object value) {
			return value;
		}

	},

	OPTIONAL {

		@Override
		JavaType valueType(JavaType declared, TypeFactory types) {
			return declared.containedTypeOrUnknown(0);
		}

		@Override
		Object wrap(@Nullable Object value) {
			return Optional.ofNullable(value);
		}

	},

	OPTIONAL_INT {

		@Override
		JavaType valueType(JavaType declared, TypeFactory types) {
			return types.constructType(Integer.class);
		}

		@Override
		Object wrap(@Nullable Object value) {
			return (value != null) ? OptionalInt.of((Integer) value) : OptionalInt.empty();
		}

	},

	OPTIONAL_LONG {

		@Override
		JavaType valueType(JavaType declared, TypeFactory types) {
			return types.constructType(Long.class);
		}

		@Override
		Object wrap(@Nullable Object value) {
			return (value != null) ? OptionalLong.of((Long) value) : OptionalLong.empty();
		}

	},

	OPTIONAL_DOUBLE {

		@Override
		JavaType valueType(JavaType declared, TypeFactory types) {
			return types.constructType(Double.class);
		}

		@Override
		Object wrap(@Nullable Object value) {
			return (value != null) ? OptionalDouble.of((Double) value) : OptionalDouble.empty();
		}

	};

	private static final Map<Class<?>, Wrapping> OF_TYPE = Map.of(Optional.class, OPTIONAL, OptionalInt.class,
			OPTIONAL_INT, OptionalLong.class, OPTIONAL_LONG, OptionalDouble.class, OPTIONAL_DOUBLE);

	static Wrapping of(JavaType declared) {
		return OF_TYPE.getOrDefault(declared.getRawClass(), NONE);
	}

	abstract JavaType valueType(JavaType declared, TypeFactory types);

	abstract @Nullable Object wrap(@Nullable Object value);

}
