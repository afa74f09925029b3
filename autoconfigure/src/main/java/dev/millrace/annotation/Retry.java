package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.millrace.RetryMode;

/**
 * Annotation that says how records that failed are tried again: on a method for its
 * subscribers, on a class for those of all its methods that have none of their own, and
 * for its own. On a method without {@link StreamSubscriber} it is refused.
 * <p>
 * Each setting that is left out is looked for in {@code millrace.subscriber.retry.*};
 * {@code millrace.subscribers.<id>.retry.*} wins over this annotation. All text
 * attributes may hold <code>${...}</code> placeholders and <code>#{...}</code>
 * expressions; durations are written as {@code 500ms}, {@code 10s}, {@code 2m} or
 * {@code PT2M}.
 * <p>
 * After an attempt that failed, the record waits
 * <code>delay * multiplier<sup>attempts - 1</sup></code>, at most {@code maxDelay},
 * shortened by up to {@code jitter}. With {@link RetryMode#LANE} attempts are counted in
 * memory: after a restart or a rebalance a record begins anew. With
 * {@link RetryMode#TOPIC} they are counted in the topic, unless it keeps the order. A
 * reply that could not be sent because the broker can't be reached is repeated without
 * limit.
 */
@Target({ ElementType.METHOD, ElementType.TYPE, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface Retry {

	/**
	 * How often a record is tried at most, with the first attempt; 1 means no retry.
	 * Default: 10.
	 * @return a whole number from 1
	 */
	String attempts() default "";

	/**
	 * How long after its first attempt a record is tried again at most. Default: no
	 * limit.
	 * @return a duration
	 */
	String maxTime() default "";

	/**
	 * The delay before the second attempt. Default: 1 second.
	 * @return a duration
	 */
	String delay() default "";

	/**
	 * What each further delay is multiplied by. Default: 2.
	 * @return a number from 1
	 */
	String multiplier() default "";

	/**
	 * The longest delay. Default: 30 seconds.
	 * @return a duration
	 */
	String maxDelay() default "";

	/**
	 * The share of the delay that is left to chance. Default: 0.2.
	 * @return a number from 0 to 1
	 */
	String jitter() default "";

	/**
	 * Exceptions that are worth another attempt; if any are named, no others are. They
	 * are looked for among the causes too. Default: all but the fatal ones.
	 * @return the types
	 */
	Class<? extends Throwable>[] on() default {};

	/**
	 * Exceptions that are not worth another attempt, beside bytes that can't be decoded,
	 * arguments that can't be bound and arguments that are not valid.
	 * @return the types
	 */
	Class<? extends Throwable>[] fatal() default {};

	/**
	 * Where records wait. An array only so that it can be left out; at most one value.
	 * Default: {@link RetryMode#LANE}.
	 * @return the mode
	 */
	RetryMode[] mode() default {};

	/**
	 * With {@link RetryMode#TOPIC}: whether later records of a key wait in the topic too,
	 * behind one that failed, until that is finished; under {@code Ordering.PARTITION},
	 * those of its partition. Records without a key wait for none under
	 * {@code Ordering.KEY}. From the second attempt in the topic on, attempts are counted
	 * in memory. Needs a subscriber of a single topic, and a retry topic with at least as
	 * many partitions. An array only so that it can be left out; at most one value.
	 * Default: {@code false}.
	 * @return whether the order of each key is kept
	 */
	boolean[] keepOrder() default {};

	/**
	 * With {@link RetryMode#TOPIC}: the topic, which must be no other subscriber's. It is
	 * created where that is allowed, with as many partitions as the topics that are read,
	 * and without retention by time or size. Default: the group of the subscriber, with
	 * its id unless the group ends with that, as it does by default, and {@code -retry}.
	 * @return the topic
	 */
	String topic() default "";

}
