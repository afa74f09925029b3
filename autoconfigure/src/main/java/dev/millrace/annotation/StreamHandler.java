package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation that makes a method one of the handlers of the {@link StreamSubscriber} that
 * its class is annotated with: one subscription, several methods. Each record goes to the
 * first whose {@link StreamFilter} takes it, in the order in which the class declares
 * them, those of a superclass last; the one without a filter is asked after all others.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface StreamHandler {

	/**
	 * What the AsyncAPI document says about the records of this handler. Default: what it
	 * finds out by itself.
	 * @return what is said
	 */
	Documentation documentation() default @Documentation;

}
