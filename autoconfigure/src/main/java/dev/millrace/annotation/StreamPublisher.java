package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

/**
 * Annotation that publishes the value returned by a {@link StreamSubscriber} method.
 * <p>
 * A method may carry several: each gets every value. The record that was handled is
 * finished only when the broker has confirmed all of them; one that can't be sent is sent
 * again after a growing delay, without calling the handler again.
 * <p>
 * A {@code String} is written as UTF-8 text, {@code byte[]} as it is, everything else as
 * JSON by the application's {@code JsonMapper} unless a
 * {@link dev.millrace.codec.StreamCodec} is there for it. The header {@code content-type}
 * says which, {@code correlation_id} is passed on from the incoming record. {@code null}
 * publishes nothing.
 * <p>
 * A {@link dev.millrace.Response Response} sets key, headers, topic, partition and
 * timestamp of its record itself, and wins over what is declared here; a
 * {@link dev.millrace.Tombstone Tombstone} is a record without a value. A collection is
 * one record with all its elements, unless it is one of responses or tombstones: then
 * each is a record.
 * <p>
 * Text attributes may hold <code>${...}</code> placeholders and <code>#{...}</code>
 * expressions, resolved once at start.
 */
@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(StreamPublisher.Container.class)
public @interface StreamPublisher {

	/**
	 * Alias of {@link #topic}.
	 * @return the topic
	 */
	@AliasFor("topic")
	String value() default "";

	/**
	 * The topic to publish to.
	 * @return the topic
	 */
	@AliasFor("value")
	String topic() default "";

	/**
	 * SpEL expression of the record's key, evaluated for each value. The value is the
	 * root object, so {@code accountId} is its property and {@code 'all'} a literal;
	 * {@code #record} is the incoming {@code ConsumerRecord}. Properties are checked when
	 * the application starts. {@code byte[]} is used as it is, anything else as UTF-8
	 * text; {@code null} publishes without a key. Default: the key of the incoming
	 * record.
	 * @return the key expression
	 */
	String key() default "";

	/**
	 * Headers to add, each as {@code name=value}; they win over those that Millrace
	 * writes.
	 * @return the headers
	 */
	String[] headers() default {};

	/**
	 * SpEL expression of the partition, a whole number, with the same root and variables
	 * as {@link #key}. Default: chosen by the producer from the key.
	 * @return the partition expression
	 */
	String partition() default "";

	/**
	 * Content type to write. A codec that has it writes the values. Otherwise text and
	 * bytes are taken to be of that content type already; all other values can be written
	 * as JSON only: {@code application/json} or any that ends in {@code +json}. Default:
	 * chosen by the type of the value.
	 * @return the content type
	 */
	String contentType() default "";

	/**
	 * Name of the {@link dev.millrace.codec.StreamCodec} bean that writes every value.
	 * Default: the codec is chosen for each value.
	 * @return the name of the bean
	 */
	String codec() default "";

	/**
	 * Names of the {@link dev.millrace.PublisherInterceptor} beans that wrap the
	 * publishing of each record, within those of the subscriber, the first one outermost.
	 * Those for everything that is published are not to be named.
	 * @return the names of the beans
	 */
	String[] interceptors() default {};

	/**
	 * What the AsyncAPI document says about what is published. Default: what it finds out
	 * by itself.
	 * @return what is said
	 */
	Documentation documentation() default @Documentation;

	/**
	 * Holds several {@link StreamPublisher} annotations.
	 */
	@Target({ ElementType.METHOD, ElementType.ANNOTATION_TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@interface Container {

		/**
		 * The publishers.
		 * @return the annotations
		 */
		StreamPublisher[] value();

	}

}
