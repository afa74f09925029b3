package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Annotation that says which records a handler takes: those that meet all conditions
 * given. What becomes of a record that no handler of the subscriber takes is said by
 * {@link StreamSubscriber#unmatched()}.
 * <p>
 * A filter that throws fails the record, as an exception of the handler would. All text
 * attributes may hold <code>${...}</code> placeholders and <code>#{...}</code>
 * expressions, resolved once at start.
 *
 * @see StreamHandler
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface StreamFilter {

	/**
	 * Alias of {@link #expression}.
	 * @return the expression
	 */
	@AliasFor("expression")
	String value() default "";

	/**
	 * SpEL expression that must yield {@code true}. The root object is the
	 * {@link dev.millrace.StreamRecord StreamRecord}: {@code key == 'a'},
	 * {@code headers['type'] == 'order'}, {@code body['type'] == 'order'}. Properties are
	 * checked when the application starts.
	 * @return the expression
	 */
	@AliasFor("value")
	String expression() default "";

	/**
	 * Headers that must be there, each as {@code name=value}; the value is compared as
	 * UTF-8 text. {@code name=*} takes any value.
	 * @return the headers
	 */
	String[] headers() default {};

	/**
	 * Media type of the body, such as {@code application/json}, compared without its
	 * parameters and without regard to case.
	 * @return the media type
	 */
	String contentType() default "";

	/**
	 * Name of a bean of type {@code Predicate<StreamRecord>} that must accept the record.
	 * It is called by several threads at a time.
	 * @return the name of the bean
	 */
	String predicate() default "";

}
