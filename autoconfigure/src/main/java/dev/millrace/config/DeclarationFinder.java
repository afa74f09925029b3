package dev.millrace.config;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

import org.springframework.aop.support.AopUtils;
import org.springframework.core.MethodIntrospector;
import org.springframework.core.annotation.AnnotationUtils;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamAdvice;
import dev.millrace.annotation.StreamExceptionHandler;
import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.HandlerMethod;

/**
 * Finds the subscribers that a bean declares: with its methods, and with its class.
 */
final class DeclarationFinder {

	private static final List<Class<? extends Annotation>> ANNOTATIONS = List.of(StreamSubscriber.class,
			StreamHandler.class, StreamPublisher.class, StreamFilter.class, Retry.class, DeadLetter.class);

	/** Of subscribers, never of the handlers that share one. */
	private static final List<Class<? extends Annotation>> OF_SUBSCRIBERS = List.of(Retry.class, DeadLetter.class);

	private final Object bean;

	private final String beanName;

	private final Class<?> type;

	DeclarationFinder(Object bean, String beanName, Class<?> type) {
		this.bean = bean;
		this.beanName = beanName;
		this.type = type;
	}

	static boolean isCandidate(Class<?> type) {
		return AnnotationUtils.isCandidateClass(type, ANNOTATIONS)
				|| AnnotationUtils.isCandidateClass(type, StreamExceptionHandler.class);
	}

	List<SubscriberDeclaration> find() {
		List<SubscriberDeclaration> declarations = new ArrayList<>();
		List<HandlerMethod> handlers = new ArrayList<>();
		for (Method method : MethodIntrospector.selectMethods(this.type, DeclarationFinder::isAnnotated)) {
			MergedAnnotations annotations = annotations(method);
			HandlerMethod handler = invocable(method);
			if (annotations.isPresent(StreamSubscriber.class)) {
				declarations.add(SubscriberDeclaration.of(handler));
			}
			if (annotations.isPresent(StreamHandler.class)) {
				handlers.add(handler);
			}
			checkIsOfSubscriber(handler, annotations);
			checkIsCalled(handler, annotations);
		}
		declareClass(handlers, declarations);
		checkExceptionHandlers(declarations);
		return declarations;
	}

	private void declareClass(List<HandlerMethod> handlers, List<SubscriberDeclaration> declarations) {
		boolean isSubscriber = MergedAnnotations.from(this.type, SearchStrategy.TYPE_HIERARCHY)
			.isPresent(StreamSubscriber.class);
		if (!isSubscriber && handlers.isEmpty()) {
			return;
		}
		if (!isSubscriber || handlers.isEmpty()) {
			throw new StreamConfigurationException("%s of bean '%s' has %s.".formatted(this.type.getSimpleName(),
					this.beanName,
					isSubscriber ? "@StreamSubscriber, but no method with @StreamHandler"
							: "methods with @StreamHandler, but no @StreamSubscriber, so nothing ever calls them"),
					isSubscriber ? "Annotate its handlers with @StreamHandler, or move @StreamSubscriber to a method."
							: "Annotate the class with @StreamSubscriber, or the methods instead of @StreamHandler.");
		}
		DeclarationOrder order = new DeclarationOrder(this.type);
		handlers.sort((left, right) -> order.compare(left.method(), right.method()));
		declarations.add(SubscriberDeclaration.of(this.type, this.beanName, handlers));
	}

	private void checkExceptionHandlers(List<SubscriberDeclaration> declarations) {
		if (declarations.isEmpty()
				&& !MergedAnnotations.from(this.type, SearchStrategy.TYPE_HIERARCHY).isPresent(StreamAdvice.class)) {
			MethodIntrospector.selectMethods(this.type, DeclarationFinder::isExceptionHandler).forEach((method) -> {
				throw new StreamConfigurationException(
						"%s has @StreamExceptionHandler, but its class has no handlers and is no @StreamAdvice, so nothing"
							.formatted(describe(method)) + " ever calls it.",
						"Annotate the class with @StreamAdvice to have it serve all subscribers.");
			});
		}
	}

	private String describe(Method method) {
		return new HandlerMethod(this.bean, this.beanName, this.type, method, method).describe();
	}

	private static boolean isExceptionHandler(Method method) {
		return annotations(method).isPresent(StreamExceptionHandler.class);
	}

	private static void checkIsOfSubscriber(HandlerMethod handler, MergedAnnotations annotations) {
		if (annotations.isPresent(StreamSubscriber.class)) {
			return;
		}
		OF_SUBSCRIBERS.stream().filter(annotations::isPresent).map(Class::getSimpleName).forEach((name) -> {
			throw new StreamConfigurationException(
					"%s has @%s but no @StreamSubscriber, so that it is for no record.".formatted(handler.describe(),
							name),
					"Put @%s on the class: it is for all its subscribers that have none of their own. Or remove it."
						.formatted(name));
		});
	}

	private static void checkIsCalled(HandlerMethod handler, MergedAnnotations annotations) {
		if (annotations.isPresent(StreamSubscriber.class) || annotations.isPresent(StreamHandler.class)) {
			return;
		}
		if (annotations.isPresent(StreamPublisher.class)) {
			throw new StreamConfigurationException(
					"%s has @StreamPublisher but no @StreamSubscriber, so nothing ever calls it to publish."
						.formatted(handler.describe()),
					"Add @StreamSubscriber, or remove @StreamPublisher.");
		}
		throw new StreamConfigurationException(
				"%s has @StreamFilter but no @StreamSubscriber, so nothing ever calls it.".formatted(
						handler.describe()),
				"Add @StreamSubscriber or @StreamHandler, or remove @StreamFilter.");
	}

	private HandlerMethod invocable(Method method) {
		HandlerMethod declared = new HandlerMethod(this.bean, this.beanName, this.type, method, method);
		if (AopUtils.isCglibProxy(this.bean) && Modifier.isFinal(method.getModifiers())) {
			throw new StreamConfigurationException(
					"%s is final, so that the bean's proxy can't pass its calls on.".formatted(declared.describe()),
					"Remove the modifier final.");
		}
		try {
			return new HandlerMethod(this.bean, this.beanName, this.type, method,
					AopUtils.selectInvocableMethod(method, this.bean.getClass()));
		}
		catch (IllegalStateException ex) {
			throw new StreamConfigurationException(
					"%s can't be called through the bean's proxy.".formatted(declared.describe()),
					AopUtils.isJdkDynamicProxy(this.bean)
							? "Declare it in an interface of the bean, or let the proxy extend the class "
									+ "(proxyTargetClass = true)."
							: "Don't make it private.",
					ex);
		}
	}

	private static boolean isAnnotated(Method method) {
		MergedAnnotations annotations = annotations(method);
		return ANNOTATIONS.stream().anyMatch(annotations::isPresent);
	}

	private static MergedAnnotations annotations(Method method) {
		return MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
	}

}
