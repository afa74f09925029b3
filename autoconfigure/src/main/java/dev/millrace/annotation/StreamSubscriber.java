package dev.millrace.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.springframework.core.annotation.AliasFor;

import dev.millrace.AckPolicy;
import dev.millrace.Ordering;
import dev.millrace.Unmatched;

/**
 * Annotation that makes a bean method the handler of Kafka records, or a class a
 * subscription whose records go to its {@link StreamHandler} methods.
 * <p>
 * A method or a class may carry several; each is a subscriber of its own, with its own
 * consumers. All text attributes may hold <code>${...}</code> placeholders and
 * <code>#{...}</code> expressions.
 * <p>
 * Every setting is looked for in this order: {@code millrace.subscribers.<id>.*}, this
 * annotation, the {@link StreamRouter} of its class, {@code millrace.subscriber.*},
 * Millrace's default.
 * <p>
 * <strong>Parameters.</strong> One parameter without an annotation takes the whole body;
 * two or more take the fields of a JSON object by name, or the elements of a JSON array
 * by position. Beside them: {@link Key @Key}, {@link Path @Path}, Spring's
 * {@code @Payload}, {@code @Header} and {@code @Headers}, {@code ConsumerRecord},
 * {@code ConsumerRecordMetadata}, Kafka's {@code Headers},
 * {@link dev.millrace.StreamRecord StreamRecord}, {@link dev.millrace.Acknowledgment
 * Acknowledgment}, {@link dev.millrace.HandledRecord HandledRecord}, which is both,
 * {@link dev.millrace.StreamOperations StreamOperations}.
 * <p>
 * <strong>Result.</strong> The returned value goes to each {@link StreamPublisher} of the
 * method, and to whoever has asked for an answer (see {@link #reply}); {@code null}
 * publishes nothing. A {@link dev.millrace.Response Response} says more than the value,
 * for example the key. A {@code CompletionStage} or a {@code Mono} is waited for without
 * holding a thread.
 * <p>
 * <strong>Batches.</strong> With {@link #batch} all of these are lists: {@code List<T>},
 * {@code @Key List<String>}, {@code List<ConsumerRecord<K, V>>} and so on; an
 * {@code Acknowledgment} or {@code StreamOperations} by itself is for all records. The
 * elements of a returned collection are published one by one.
 * <p>
 * <strong>Contract.</strong> The handler never runs on the thread that polls, so it may
 * take as long as it likes. Records of one lane (see {@link Ordering}) run one at a time.
 * A record is finished when its handler has returned and the broker has confirmed every
 * record that it published; only then may its offset be committed. A handler that throws
 * is called again with the same record after a growing delay (see {@link Retry});
 * meanwhile nothing behind it in its lane runs. A record that failed for good becomes a
 * dead letter (see {@link DeadLetter}). {@link AckPolicy} has other ways.
 */
@Target({ ElementType.METHOD, ElementType.TYPE })
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Repeatable(StreamSubscriber.Container.class)
public @interface StreamSubscriber {

	/**
	 * Alias of {@link #topics}.
	 * @return the topics
	 */
	@AliasFor("topics")
	String[] value() default {};

	/**
	 * The topics to read. An expression may yield an array or a collection. A name with
	 * variables, {@code logs.{level}}, is a template: it stands for every topic whose
	 * whole name fits, where a variable is any text without a dot, or what its regular
	 * expression says, {@code logs.{level:info|warn}}. {@link Path @Path} binds a
	 * variable to a parameter. New topics that fit are picked up as those of a
	 * {@link #pattern} are.
	 * @return the topics
	 */
	@AliasFor("value")
	String[] topics() default {};

	/**
	 * Regular expression of the topics to read, matched against the whole name; new
	 * topics that match are picked up within the client's {@code metadata.max.age.ms}.
	 * Excludes {@link #topics}.
	 * @return the pattern
	 */
	String pattern() default "";

	/**
	 * Partitions to read, without a group that assigns them: no rebalance ever takes them
	 * away, and every instance of the application reads them. Offsets are committed for
	 * the group all the same. Excludes {@link #topics} and {@link #pattern}, exactly once
	 * and retry topics that keep the order.
	 * @return the partitions
	 */
	StreamPartition[] partitions() default {};

	/**
	 * Unique id of the subscriber: its name in {@code millrace.subscribers.<id>.*}, in
	 * the logs and in Spring's {@code KafkaListenerEndpointRegistry}. Default: the bean's
	 * name and the method's name, {@code orders-handle}; where a method carries several
	 * subscribers, their topics too, or {@code pattern}.
	 * <p>
	 * In the names of properties an id with anything but lower-case letters, digits and
	 * hyphens needs brackets, {@code millrace.subscribers.[shop.Orders-handle].*}; in
	 * those of environment variables only its letters and digits are left,
	 * {@code MILLRACE_SUBSCRIBERS_SHOPORDERSHANDLE_*}.
	 * @return the id
	 */
	String id() default "";

	/**
	 * Consumer group. Default: {@code millrace.subscriber.group-id}, else
	 * {@code spring.kafka.consumer.group-id}, else {@code spring.application.name} and
	 * the subscriber's id, joined by a dot.
	 * @return the group id
	 */
	String groupId() default "";

	/**
	 * Client id; a consumer's number is appended. Default:
	 * {@code spring.kafka.consumer.client-id}, else the client's own.
	 * @return the client id
	 */
	String clientId() default "";

	/**
	 * Which records may run at the same time. An array only so that it can be left out;
	 * at most one value. Default: {@link Ordering#PARTITION}.
	 * @return the ordering
	 */
	Ordering[] ordering() default {};

	/**
	 * How many records of this subscriber run at once in this application, or how many
	 * {@linkplain #batch batches}; a whole number from 1. Default: 10.
	 * @return the concurrency
	 */
	String concurrency() default "";

	/**
	 * How many records of this subscriber are begun in a second at most in this
	 * application, a number greater than 0; further attempts count too. Default: no
	 * limit.
	 * @return the rate
	 */
	String maxRate() default "";

	/**
	 * How many consumers this application has for this subscriber, a whole number from 1.
	 * Handlers do not need more than one; several fetch faster. Default:
	 * {@code spring.kafka.listener.concurrency}, else 1.
	 * @return the number of consumers
	 */
	String consumers() default "";

	/**
	 * What becomes of a record when its handler has returned or failed. An array only so
	 * that it can be left out; at most one value. Default:
	 * {@link AckPolicy#ACK_ON_SUCCESS}.
	 * @return the policy
	 */
	AckPolicy[] ackPolicy() default {};

	/**
	 * Whether records, all that they publish and their offsets are committed together, in
	 * one transaction for the records of a poll. Whoever reads what is published has to
	 * set {@code isolation.level=read_committed}. What a handler does outside Kafka may
	 * happen several times. Not with the policies {@code MANUAL}, {@code ACK} and
	 * {@code ACK_FIRST}, and not with retry topics. An array only so that it can be left
	 * out; at most one value. Default: {@code false}.
	 * @return whether every record takes effect exactly once within Kafka
	 */
	boolean[] exactlyOnce() default {};

	/**
	 * Whether the handler gets several records at once, in lists of which each element
	 * belongs to the record with the same index. Each record still succeeds or fails by
	 * itself, see {@link dev.millrace.BatchResult}. A batch is begun when there are
	 * {@link #maxRecords} for it, or when the first of them has waited for
	 * {@link #maxWait}. An array only so that it can be left out; at most one value.
	 * Default: {@code millrace.subscriber.batch.enabled}, else {@code false}.
	 * @return whether the handler gets batches
	 */
	boolean[] batch() default {};

	/**
	 * How many records a batch has at most, a whole number from 1. Default: 500.
	 * @return the number of records
	 */
	String maxRecords() default "";

	/**
	 * How long the first record of a batch waits for others, for example {@code 500ms}.
	 * Default: 200 milliseconds.
	 * @return the time
	 */
	String maxWait() default "";

	/**
	 * What becomes of a record that no handler takes, because the {@link StreamFilter} of
	 * each has refused it. An array only so that it can be left out; at most one value.
	 * Default: {@link Unmatched#DEAD_LETTER}.
	 * @return what becomes of it
	 */
	Unmatched[] unmatched() default {};

	/**
	 * Whether a record with the header {@code reply_to}, or spring-kafka's
	 * {@code kafka_replyTopic}, gets the result of its handler in that topic too: with
	 * the correlation id of the record, without a key, and with no value where the result
	 * is {@code null}. A handler that is declared to return nothing gives no answer. An
	 * array only so that it can be left out; at most one value. Default: {@code true}.
	 * @return whether records that ask for an answer get one
	 */
	boolean[] reply() default {};

	/**
	 * Where a group without a committed offset begins: {@code earliest}, {@code latest}
	 * or {@code none}. Default: {@code spring.kafka.consumer.auto-offset-reset}, else
	 * {@code earliest}, so that nothing published before the first start is missed.
	 * @return the offset reset
	 */
	String autoOffsetReset() default "";

	/**
	 * Whether the subscriber starts with the application. Default:
	 * {@code spring.kafka.listener.auto-startup}, else {@code true}.
	 * @return {@code true} or {@code false}
	 */
	String autoStartup() default "";

	/**
	 * Name of the {@link dev.millrace.codec.StreamCodec} bean that reads the body of
	 * every record of this subscriber, whatever its content type: for topics whose
	 * records have none or a wrong one. {@code byte[]} stays the body as it is. Default:
	 * the codec is chosen for each record.
	 * @return the name of the bean
	 */
	String codec() default "";

	/**
	 * Content type of records that have none, for example {@code application/avro} where
	 * a codec has that, or {@code application/json}; what a record says itself counts
	 * more. Default: none, so that the type that the handler takes decides.
	 * @return the content type
	 */
	String contentType() default "";

	/**
	 * Names of the interceptors of this subscriber, within those of its router, the first
	 * one outermost: {@link dev.millrace.SubscriberInterceptor} beans wrap the handling
	 * of each record, {@link dev.millrace.BatchInterceptor} beans that of each batch, and
	 * {@link dev.millrace.PublisherInterceptor} beans the publishing of results, of
	 * answers, and of what the handler publishes by itself; a bean may be several of
	 * them. Those for all subscribers are not to be named.
	 * @return the names of the beans
	 */
	String[] interceptors() default {};

	/**
	 * Name of a bean that is told about rebalances: a {@code ConsumerRebalanceListener}
	 * of Kafka's, or a {@code ConsumerAwareRebalanceListener} of spring-kafka's. It is
	 * called on the thread that polls; when it hears of a revocation, everything that
	 * could be finished is finished and committed. What it asks the consumer that only
	 * the broker knows may end with a {@code WakeupException}, which was meant for the
	 * poll: ask again. When it fails as partitions come, nothing of them is read until it
	 * is called again and succeeds; when it fails as they go, that is logged and they go.
	 * Default: none.
	 * @return the name of the bean
	 */
	String rebalanceListener() default "";

	/**
	 * Kafka consumer properties, each as {@code name=value}. They win over
	 * {@code spring.kafka.consumer.*}; deserializers, {@code enable.auto.commit} and the
	 * group id can't be set here.
	 * @return the consumer properties
	 */
	String[] properties() default {};

	/**
	 * What the AsyncAPI document says about this subscriber. Default: what it finds out
	 * by itself.
	 * @return what is said
	 */
	Documentation documentation() default @Documentation;

	/**
	 * Holds several {@link StreamSubscriber} annotations.
	 */
	@Target({ ElementType.METHOD, ElementType.TYPE })
	@Retention(RetentionPolicy.RUNTIME)
	@Documented
	@interface Container {

		/**
		 * The subscribers.
		 * @return the annotations
		 */
		StreamSubscriber[] value();

	}

}
