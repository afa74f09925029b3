package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.millrace.DeadLetterHeaders;

/**
 * Annotation that says what becomes of records that failed for good: on a method for its
 * subscribers, on a class for those of all its methods that have none of their own, and
 * for its own. On a method without {@link StreamSubscriber} it is refused.
 * <p>
 * Each setting that is left out is looked for in
 * {@code millrace.subscriber.dead-letter.*};
 * {@code millrace.subscribers.<id>.dead-letter.*} wins over this annotation.
 * <p>
 * A dead letter has the key, the value and the headers of the record as they came, and
 * headers that say where it came from and why. The record is finished when the broker has
 * confirmed it; until then it is written again and again.
 */
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface DeadLetter {

	/**
	 * The topic of the dead letters; may hold <code>${...}</code> placeholders and
	 * <code>#{...}</code> expressions. Default: the record's topic with {@code -dlt}
	 * appended.
	 * @return the topic
	 */
	String topic() default "";

	/**
	 * Whether there are dead letters. Without, a record that failed for good is logged as
	 * an error, counted and left behind. An array only so that it can be left out; at
	 * most one value. Default: {@code true}.
	 * @return whether there are dead letters
	 */
	boolean[] enabled() default {};

	/**
	 * The form of the headers. An array only so that it can be left out; at most one
	 * value. Default: {@link DeadLetterHeaders#TEXT}.
	 * @return the form
	 */
	DeadLetterHeaders[] headers() default {};

}
