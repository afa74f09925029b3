package dev.millrace.handler;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ReflectionUtils;

import dev.millrace.endpoint.HandlerMethod;

/**
 * Invoker of a bean's method.
 */
final class MethodInvoker implements RecordInvoker {

	private final Object bean;

	private final Method method;

	private final int parameterCount;

	private final ArgumentBinder[] binders;

	private final @Nullable ArgumentValidation validation;

	MethodInvoker(HandlerMethod handler, List<ArgumentBinder> binders, @Nullable ArgumentValidation validation) {
		this.bean = handler.bean();
		this.method = handler.invocable();
		this.parameterCount = this.method.getParameterCount();
		this.binders = binders.toArray(new ArgumentBinder[0]);
		this.validation = validation;
		ReflectionUtils.makeAccessible(this.method);
	}

	@Override
	public @Nullable Object invoke(Delivery delivery) throws Exception {
		@Nullable Object[] arguments = new Object[this.parameterCount];
		for (ArgumentBinder binder : this.binders) {
			binder.bind(delivery, arguments);
		}
		if (this.validation != null) {
			this.validation.validate(arguments);
		}
		try {
			return this.method.invoke(this.bean, arguments);
		}
		catch (InvocationTargetException ex) {
			ReflectionUtils.rethrowException(ex.getTargetException());
			throw ex;
		}
	}

}
