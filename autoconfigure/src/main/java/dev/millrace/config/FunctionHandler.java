package dev.millrace.config;

import org.jspecify.annotations.Nullable;
import org.springframework.validation.annotation.Validated;

import dev.millrace.HandledRecord;
import dev.millrace.RecordFunction;

/**
 * Function in the form of a bean with handler methods, so that all that holds for
 * handlers holds for it.
 *
 * @param <T> the type of the bodies
 */
final class FunctionHandler<T> {

	private final RecordFunction<? super T> function;

	FunctionHandler(RecordFunction<? super T> function) {
		this.function = function;
	}

	@Nullable Object handle(@Nullable T body, HandledRecord record) throws Exception {
		return this.function.handle(body, record);
	}

	@Nullable Object handleValid(@Validated @Nullable T body, HandledRecord record) throws Exception {
		return this.function.handle(body, record);
	}

}
