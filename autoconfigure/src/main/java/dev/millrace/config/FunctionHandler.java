package dev.millrace.config;

import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

import dev.millrace.RecordFunction;
import dev.millrace.StreamRecord;
import dev.millrace.endpoint.HandlerMethod;

/**
 * Function in the form of a bean with a handler method, so that all that holds for
 * handlers holds for it.
 *
 * @param <T> the type of the bodies
 */
final class FunctionHandler<T> {

	private final Class<T> bodyType;

	private final RecordFunction<? super T> function;

	FunctionHandler(Class<T> bodyType, RecordFunction<? super T> function) {
		this.bodyType = bodyType;
		this.function = function;
	}

	@Nullable Object handle(StreamRecord record) throws Exception {
		return this.function.handle(record.body(this.bodyType), record);
	}

	HandlerMethod method(String id) {
		Method method = ReflectionUtils.findMethod(FunctionHandler.class, "handle", StreamRecord.class);
		if (method == null) {
			throw new IllegalStateException("No method 'handle'");
		}
		return new HandlerMethod(this, id, FunctionHandler.class, method, method);
	}

}
