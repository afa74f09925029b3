package dev.millrace.handler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

import dev.millrace.endpoint.HandlerMethod;

/**
 * Method of a bean that can be called.
 */
final class BeanMethod {

	private final String subscriber;

	private final HandlerMethod handler;

	private final InvocationObserver observer;

	private final Object bean;

	private final Method method;

	private final int parameterCount;

	BeanMethod(String subscriber, HandlerMethod handler, InvocationObserver observer) {
		this.subscriber = subscriber;
		this.handler = handler;
		this.observer = observer;
		this.bean = handler.bean();
		this.method = handler.invocable();
		this.parameterCount = this.method.getParameterCount();
		ReflectionUtils.makeAccessible(this.method);
	}

	int parameterCount() {
		return this.parameterCount;
	}

	@Nullable Object invoke(@Nullable Object[] arguments) throws Exception {
		try {
			Object result = this.method.invoke(this.bean, arguments);
			this.observer.returned(this.subscriber, this.handler, arguments, result);
			return result;
		}
		catch (InvocationTargetException ex) {
			this.observer.threw(this.subscriber, this.handler, arguments, ex.getTargetException());
			ReflectionUtils.rethrowException(ex.getTargetException());
			throw ex;
		}
	}

}
