package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Partitions of a topic, as an attribute of {@link StreamSubscriber#partitions()}.
 */
@Target({})
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface StreamPartition {

	/**
	 * The topic.
	 * @return the topic
	 */
	String topic();

	/**
	 * The numbers of the partitions, single ones and ranges: {@code "0-3", "7"}.
	 * @return the partitions, at least one
	 */
	String[] partitions();

	/**
	 * Where each of them is read from at every start: {@code committed},
	 * {@code earliest}, {@code latest} or an offset. Default: {@code committed}, and
	 * where nothing is, as {@link StreamSubscriber#autoOffsetReset()} says.
	 * @return the offset
	 */
	String offset() default "";

}
