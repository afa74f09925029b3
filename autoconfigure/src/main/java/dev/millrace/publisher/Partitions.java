package dev.millrace.publisher;

import org.jspecify.annotations.Nullable;

/**
 * Reads what the expression of a partition yields.
 */
final class Partitions {

	private Partitions() {
	}

	static @Nullable Integer of(@Nullable Object value, String where) {
		if (value == null || value instanceof Number) {
			return (value != null) ? ((Number) value).intValue() : null;
		}
		throw new IllegalStateException(
				"The partition expression of %s yields %s, not a number".formatted(where, value.getClass().getName()));
	}

}
