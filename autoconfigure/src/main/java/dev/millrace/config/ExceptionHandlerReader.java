package dev.millrace.config;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;
import org.springframework.aop.framework.AopProxyUtils;
import org.springframework.aop.scope.ScopedProxyUtils;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamAdvice;
import dev.millrace.annotation.StreamExceptionHandler;
import dev.millrace.endpoint.ExceptionHandlerEndpoint;
import dev.millrace.endpoint.HandlerMethod;

/**
 * Finds the methods that handle exceptions: those of a handler's own class, and those of
 * all advices.
 */
final class ExceptionHandlerReader {

	private final ConfigurableBeanFactory beanFactory;

	private @Nullable List<List<ExceptionHandlerEndpoint>> ofAdvices;

	ExceptionHandlerReader(ConfigurableBeanFactory beanFactory) {
		this.beanFactory = beanFactory;
	}

	List<List<ExceptionHandlerEndpoint>> of(HandlerMethod handler) {
		List<List<ExceptionHandlerEndpoint>> classes = new ArrayList<>();
		if (!MergedAnnotations.from(handler.targetClass(), SearchStrategy.TYPE_HIERARCHY)
			.isPresent(StreamAdvice.class)) {
			classes.add(read(handler.bean(), handler.beanName(), handler.targetClass()));
		}
		classes.addAll(ofAdvices());
		return classes.stream().filter((methods) -> !methods.isEmpty()).toList();
	}

	private synchronized List<List<ExceptionHandlerEndpoint>> ofAdvices() {
		List<List<ExceptionHandlerEndpoint>> advices = this.ofAdvices;
		if (advices == null) {
			advices = readAdvices();
			this.ofAdvices = advices;
		}
		return advices;
	}

	private List<List<ExceptionHandlerEndpoint>> readAdvices() {
		if (!(this.beanFactory instanceof ListableBeanFactory beans)) {
			return List.of();
		}
		// Not what is behind a scoped proxy: it may not be there, or be made anew.
		return Arrays.stream(beans.getBeanNamesForAnnotation(StreamAdvice.class))
			.map((name) -> ScopedProxyUtils.isScopedTarget(name) ? ScopedProxyUtils.getOriginalBeanName(name) : name)
			.distinct()
			.map((name) -> Map.entry(name, beans.getBean(name)))
			.sorted(Map.Entry.comparingByValue(AnnotationAwareOrderComparator.INSTANCE))
			.map((advice) -> read(advice.getValue(), advice.getKey(),
					AopProxyUtils.ultimateTargetClass(advice.getValue())))
			.toList();
	}

	private static List<ExceptionHandlerEndpoint> read(Object bean, String beanName, Class<?> type) {
		Map<Method, MergedAnnotation<StreamExceptionHandler>> methods = MethodIntrospector.selectMethods(type,
				(MethodIntrospector.MetadataLookup<MergedAnnotation<StreamExceptionHandler>>) (method) -> {
					MergedAnnotation<StreamExceptionHandler> annotation = MergedAnnotations
						.from(method, SearchStrategy.TYPE_HIERARCHY)
						.get(StreamExceptionHandler.class);
					return annotation.isPresent() ? annotation : null;
				});
		List<ExceptionHandlerEndpoint> handlers = new ArrayList<>();
		Map<String, HandlerMethod> taken = new TreeMap<>();
		methods.forEach((method, annotation) -> {
			HandlerMethod handler = new HandlerMethod(bean, beanName, type, method,
					AopUtils.selectInvocableMethod(method, bean.getClass()));
			ExceptionHandlerEndpoint endpoint = new ExceptionHandlerEndpoint(handler, types(handler, annotation));
			endpoint.types().forEach((exception) -> checkUnique(exception, handler, taken));
			handlers.add(endpoint);
		});
		return handlers;
	}

	private static List<Class<? extends Throwable>> types(HandlerMethod handler,
			MergedAnnotation<StreamExceptionHandler> annotation) {
		List<Class<? extends Throwable>> parameters = Arrays.stream(handler.method().getParameterTypes())
			.filter(Throwable.class::isAssignableFrom)
			.<Class<? extends Throwable>>map((type) -> type.asSubclass(Throwable.class))
			.toList();
		List<Class<? extends Throwable>> declared = Arrays.stream(annotation.getClassArray("value"))
			.<Class<? extends Throwable>>map((type) -> type.asSubclass(Throwable.class))
			.toList();
		List<Class<? extends Throwable>> types = declared.isEmpty() ? parameters : declared;
		if (types.isEmpty()) {
			throw new StreamConfigurationException(
					"%s has @StreamExceptionHandler but names no exception.".formatted(handler.describe()),
					"Take the exception as a parameter, or name its type: @StreamExceptionHandler(...).");
		}
		for (Class<?> parameter : parameters) {
			if (!types.stream().allMatch(parameter::isAssignableFrom)) {
				throw new StreamConfigurationException(
						"%s handles %s, but takes a %s.".formatted(handler.describe(), types, parameter.getName()),
						"Declare the parameter with a type that they have in common.");
			}
		}
		return types;
	}

	private static void checkUnique(Class<?> exception, HandlerMethod handler, Map<String, HandlerMethod> taken) {
		HandlerMethod other = taken.putIfAbsent(exception.getName(), handler);
		if (other != null) {
			throw new StreamConfigurationException(
					"%s and %s both handle %s.".formatted(other.describe(), handler.describe(), exception.getName()),
					"Leave one.");
		}
	}

}
