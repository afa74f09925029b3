package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Annotation that binds a parameter to a variable of the template that the record's topic
 * fits: with {@code @StreamSubscriber("logs.{level}")} the parameter
 * {@code @Path String level} is {@code info} for records of {@code logs.info}.
 * <p>
 * The value is converted to the parameter's type; one that can't be converted fails the
 * record as a body that can't be decoded does. A variable that no template has is an
 * error at start.
 */
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Path {

	/**
	 * The name of the variable; <code>${...}</code> placeholders and <code>#{...}</code>
	 * expressions are resolved once at start. Default: the name of the parameter.
	 * @return the name
	 */
	String value() default "";

}
