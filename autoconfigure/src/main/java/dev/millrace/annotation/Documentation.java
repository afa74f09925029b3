package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What the AsyncAPI document says about a subscriber, a handler or a publisher beside
 * what it finds out by itself. It changes nothing about how records are handled.
 * <p>
 * Text attributes may hold <code>${...}</code> placeholders and <code>#{...}</code>
 * expressions, resolved once at start; examples are taken as they are.
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Documentation {

	/**
	 * Name for people. Default: none.
	 * @return the title
	 */
	String title() default "";

	/**
	 * What it is there for, in CommonMark. Default: none.
	 * @return the description
	 */
	String description() default "";

	/**
	 * Tags by which operations are grouped. Those of a router come first.
	 * @return the tags
	 */
	String[] tags() default {};

	/**
	 * Bodies that are good examples, each in JSON; what is no JSON is taken as text.
	 * @return the examples
	 */
	String[] examples() default {};

	/**
	 * Type of the bodies, for methods that do not say: handlers that take or return
	 * {@code Object}, bytes or the record. Default: the type of the method.
	 * @return the type; {@code void} for none
	 */
	Class<?> type() default void.class;

	/**
	 * Whether it is left out of the document. A subscriber that is left out takes its
	 * publishers with it.
	 * @return whether it is left out
	 */
	boolean hidden() default false;

}
