package dev.millrace.handler;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.validation.ValidationException;
import jakarta.validation.Validator;
import jakarta.validation.metadata.MethodDescriptor;
import jakarta.validation.metadata.ParameterDescriptor;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.validation.annotation.Validated;

import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.HandlerMethod;

/**
 * Bean Validation of arguments; apart from the constructor of
 * {@link HandlerMethodFactory} the only class that links against it, since it may be
 * absent.
 */
final class BeanValidation {

	private final Validator validator;

	BeanValidation(Validator validator) {
		this.validator = validator;
	}

	@Nullable ArgumentValidation forHandler(HandlerMethod handler, List<HandlerParameter> parameters) {
		List<ArgumentValidation> validations = new ArrayList<>();
		if (isConstrained(handler)) {
			validations.add(methodValidation(handler));
		}
		addCascades(parameters, validations);
		return all(validations);
	}

	/**
	 * Return what checks, of a handler that gets batches, what one record has for its
	 * lists.
	 * @param elements the elements of the lists
	 * @return the validation, or {@code null} when there is nothing to check
	 */
	@Nullable ArgumentValidation forElements(List<HandlerParameter> elements) {
		List<ArgumentValidation> validations = new ArrayList<>();
		addCascades(elements, validations);
		return all(validations);
	}

	/**
	 * Return what checks the lists of a handler that gets batches.
	 * @param handler the handler
	 * @return the validation, or {@code null} when there is nothing to check
	 */
	@Nullable BatchValidation forBatches(HandlerMethod handler) {
		if (!isConstrained(handler)) {
			return null;
		}
		ArgumentValidation validation = methodValidation(handler);
		return (arguments) -> {
			try {
				validation.validate(arguments);
				return Map.of();
			}
			catch (ConstraintViolationException ex) {
				return byElement(ex);
			}
		};
	}

	private static Map<Integer, ConstraintViolationException> byElement(ConstraintViolationException all) {
		Map<Integer, Set<ConstraintViolation<?>>> violations = new TreeMap<>();
		for (ConstraintViolation<?> violation : all.getConstraintViolations()) {
			Integer index = index(violation);
			if (index == null) {
				throw all;
			}
			violations.computeIfAbsent(index, (added) -> new LinkedHashSet<>()).add(violation);
		}
		Map<Integer, ConstraintViolationException> failures = new TreeMap<>();
		violations.forEach((index, some) -> failures.put(index, new ConstraintViolationException(some)));
		return failures;
	}

	// The first in the path is that of the parameter's own list.
	private static @Nullable Integer index(ConstraintViolation<?> violation) {
		for (Path.Node node : violation.getPropertyPath()) {
			if (node.getIndex() != null) {
				return node.getIndex();
			}
		}
		return null;
	}

	private void addCascades(List<HandlerParameter> parameters, List<ArgumentValidation> validations) {
		for (HandlerParameter parameter : parameters) {
			Validated validated = parameter.annotation(Validated.class);
			if (validated != null) {
				validations.add(cascade(parameter.index(), validated.value()));
			}
		}
	}

	private static @Nullable ArgumentValidation all(List<ArgumentValidation> validations) {
		return switch (validations.size()) {
			case 0 -> null;
			case 1 -> validations.get(0);
			default -> (arguments) -> validations.forEach((validation) -> validation.validate(arguments));
		};
	}

	private boolean isConstrained(HandlerMethod handler) {
		Method method = handler.method();
		try {
			MethodDescriptor descriptor = this.validator.getConstraintsForClass(handler.targetClass())
				.getConstraintsForMethod(method.getName(), method.getParameterTypes());
			return descriptor != null && (descriptor.getCrossParameterDescriptor().hasConstraints()
					|| descriptor.getParameterDescriptors().stream().anyMatch(BeanValidation::isConstrained));
		}
		catch (ValidationException ex) {
			throw new StreamConfigurationException(
					"The constraints on the parameters of " + handler.describe() + " are not valid.",
					"Correct them as the cause says.", ex);
		}
	}

	// hasConstrainedParameters() overlooks List<@Valid Order>
	private static boolean isConstrained(ParameterDescriptor parameter) {
		return parameter.hasConstraints() || parameter.isCascaded()
				|| !parameter.getConstrainedContainerElementTypes().isEmpty();
	}

	private ArgumentValidation methodValidation(HandlerMethod handler) {
		// A proxy of an interface doesn't have the method that carries the constraints
		Object target = AopProxyUtils.getSingletonTarget(handler.bean());
		Object bean = (target != null) ? target : handler.bean();
		Method method = handler.method();
		if (!method.getDeclaringClass().isInstance(bean)) {
			throw new StreamConfigurationException(
					"The parameters of " + handler.describe()
							+ " have constraints, but its proxy hides the class that declares them.",
					"Let the proxy extend the class (proxyTargetClass = true) or remove the constraints.");
		}
		Class<?>[] groups = groups(handler);
		return (arguments) -> check(
				this.validator.forExecutables().validateParameters(bean, method, arguments, groups));
	}

	private ArgumentValidation cascade(int index, Class<?>[] groups) {
		return (arguments) -> {
			Object argument = arguments[index];
			if (argument != null) {
				check(this.validator.validate(argument, groups));
			}
		};
	}

	private static Class<?>[] groups(HandlerMethod handler) {
		Validated validated = AnnotatedElementUtils.findMergedAnnotation(handler.method(), Validated.class);
		if (validated == null) {
			validated = AnnotatedElementUtils.findMergedAnnotation(handler.targetClass(), Validated.class);
		}
		return (validated != null) ? validated.value() : new Class<?>[0];
	}

	private static void check(Set<ConstraintViolation<Object>> violations) {
		if (!violations.isEmpty()) {
			throw new ConstraintViolationException(new LinkedHashSet<>(violations));
		}
	}

}
