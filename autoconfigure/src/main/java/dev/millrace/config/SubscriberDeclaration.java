package dev.millrace.config;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

import dev.millrace.endpoint.HandlerMethod;

/**
 * Method or class of a bean that carries subscriber annotations.
 *
 * @param element the method or the class
 * @param name what ids begin with where the annotation gives none
 * @param description where it is, for errors
 * @param methods the methods that handle its records, in the order in which they are
 * asked
 */
record SubscriberDeclaration(AnnotatedElement element, String name, String description, List<HandlerMethod> methods) {

	SubscriberDeclaration {
		methods = List.copyOf(methods);
	}

	static SubscriberDeclaration of(HandlerMethod method) {
		return new SubscriberDeclaration(method.method(), method.beanName() + "-" + method.method().getName(),
				method.describe(), List.of(method));
	}

	static SubscriberDeclaration of(Class<?> type, String beanName, List<HandlerMethod> methods) {
		return new SubscriberDeclaration(type, beanName, type.getSimpleName() + " of bean '" + beanName + "'", methods);
	}

	String beanName() {
		return this.methods.get(0).beanName();
	}

	MergedAnnotations annotations() {
		return MergedAnnotations.from(this.element, SearchStrategy.TYPE_HIERARCHY);
	}

	/**
	 * Return the annotations of the class and of those around it.
	 * @return the annotations of each class, the innermost first
	 */
	List<MergedAnnotations> annotationsOfClasses() {
		return Stream.<Class<?>>iterate(this.methods.get(0).targetClass(), Objects::nonNull, Class::getEnclosingClass)
			.map((type) -> MergedAnnotations.from(type, SearchStrategy.TYPE_HIERARCHY))
			.toList();
	}

}
