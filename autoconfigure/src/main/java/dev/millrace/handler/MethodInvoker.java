package dev.millrace.handler;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Invoker of a bean's method.
 */
final class MethodInvoker implements RecordInvoker {

	private final BeanMethod method;

	private final ArgumentBinder[] binders;

	private final @Nullable ArgumentValidation validation;

	MethodInvoker(BeanMethod method, List<ArgumentBinder> binders, @Nullable ArgumentValidation validation) {
		this.method = method;
		this.binders = binders.toArray(new ArgumentBinder[0]);
		this.validation = validation;
	}

	@Override
	public @Nullable Object invoke(Delivery delivery) throws Exception {
		return this.method.invoke(arguments(delivery));
	}

	@Nullable Object[] arguments(Delivery delivery) {
		@Nullable Object[] arguments = new Object[this.method.parameterCount()];
		for (ArgumentBinder binder : this.binders) {
			binder.bind(delivery, arguments);
		}
		if (this.validation != null) {
			this.validation.validate(arguments);
		}
		return arguments;
	}

}
