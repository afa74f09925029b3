package dev.millrace.config;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.validation.annotation.Validated;

import dev.millrace.BatchFunction;
import dev.millrace.HandledRecord;

/**
 * Function for batches in the form of a bean with handler methods.
 *
 * @param <T> the type of the bodies
 */
final class BatchFunctionHandler<T> {

	private final BatchFunction<T> function;

	BatchFunctionHandler(BatchFunction<T> function) {
		this.function = function;
	}

	@Nullable Object handle(List<@Nullable T> bodies, List<HandledRecord> records) throws Exception {
		return this.function.handle(bodies, records);
	}

	@Nullable Object handleValid(@Validated List<@Nullable T> bodies, List<HandledRecord> records) throws Exception {
		return this.function.handle(bodies, records);
	}

}
