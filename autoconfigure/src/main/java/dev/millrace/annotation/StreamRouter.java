package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import dev.millrace.AckPolicy;
import dev.millrace.Ordering;
import dev.millrace.Unmatched;

/**
 * Annotation that gives the subscribers and publishers of a class something in common: a
 * prefix of their topics, and settings.
 * <p>
 * It also holds for subclasses, unless they have one of their own, and for classes nested
 * within: their prefixes follow those of the classes around them, and their settings win
 * over those. {@code @StreamSubscriber} wins over all routers, and routers win over
 * {@code millrace.subscriber.*}.
 * <p>
 * Text attributes may hold <code>${...}</code> placeholders and <code>#{...}</code>
 * expressions, resolved when the subscribers are registered.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
public @interface StreamRouter {

	/**
	 * Text before the name of each topic, template and pattern that is read, and of each
	 * topic that is published to: {@code shop.} makes {@code shop.orders} of
	 * {@code orders}. It stands for itself, also in a pattern. Default: none.
	 * @return the prefix
	 */
	String prefix() default "";

	/**
	 * Consumer group.
	 * @return the group id
	 * @see StreamSubscriber#groupId()
	 */
	String groupId() default "";

	/**
	 * What becomes of a record when its handler has returned or failed; at most one
	 * value.
	 * @return the policy
	 * @see StreamSubscriber#ackPolicy()
	 */
	AckPolicy[] ackPolicy() default {};

	/**
	 * Whether every record takes effect exactly once within Kafka; at most one value.
	 * @return whether it does
	 * @see StreamSubscriber#exactlyOnce()
	 */
	boolean[] exactlyOnce() default {};

	/**
	 * Which records may run at the same time; at most one value.
	 * @return the ordering
	 * @see StreamSubscriber#ordering()
	 */
	Ordering[] ordering() default {};

	/**
	 * How many records of each subscriber run at once, a whole number from 1.
	 * @return the concurrency
	 * @see StreamSubscriber#concurrency()
	 */
	String concurrency() default "";

	/**
	 * How many records of each subscriber are begun in a second at most, a number greater
	 * than 0.
	 * @return the rate
	 * @see StreamSubscriber#maxRate()
	 */
	String maxRate() default "";

	/**
	 * How many consumers each subscriber has, a whole number from 1.
	 * @return the number of consumers
	 * @see StreamSubscriber#consumers()
	 */
	String consumers() default "";

	/**
	 * What becomes of a record that no handler takes; at most one value.
	 * @return what becomes of it
	 * @see StreamSubscriber#unmatched()
	 */
	Unmatched[] unmatched() default {};

	/**
	 * Whether records that ask for an answer get one; at most one value.
	 * @return whether they do
	 * @see StreamSubscriber#reply()
	 */
	boolean[] reply() default {};

	/**
	 * Name of the codec that reads bodies.
	 * @return the name of the bean
	 * @see StreamSubscriber#codec()
	 */
	String codec() default "";

	/**
	 * Content type of records that do not say.
	 * @return the content type
	 * @see StreamSubscriber#contentType()
	 */
	String contentType() default "";

	/**
	 * Where a group without a committed offset begins.
	 * @return the offset reset
	 * @see StreamSubscriber#autoOffsetReset()
	 */
	String autoOffsetReset() default "";

	/**
	 * Whether the subscribers start with the application.
	 * @return {@code true} or {@code false}
	 * @see StreamSubscriber#autoStartup()
	 */
	String autoStartup() default "";

	/**
	 * Names of the interceptors of the subscribers, the first one outermost:
	 * {@link dev.millrace.SubscriberInterceptor} beans wrap the handling of each record,
	 * {@link dev.millrace.BatchInterceptor} beans that of each batch, and
	 * {@link dev.millrace.PublisherInterceptor} beans the publishing of all that is
	 * published meanwhile and thereby; a bean may be several of them. Those for all
	 * subscribers are not to be named.
	 * @return the names of the beans
	 */
	String[] interceptors() default {};

	/**
	 * Kafka consumer properties, each as {@code name=value}.
	 * @return the consumer properties
	 * @see StreamSubscriber#properties()
	 */
	String[] properties() default {};

	/**
	 * What the AsyncAPI document says about all subscribers of the class: their tags, and
	 * whether they are left out. The rest of it is not used.
	 * @return what is said
	 */
	Documentation documentation() default @Documentation;

}
