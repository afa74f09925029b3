package dev.millrace;

import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Says which records a function takes and where its results go.
 */
public interface HandlerSpec {

	/**
	 * Take only the records for which an expression yields {@code true}. With a predicate
	 * too, both must take a record.
	 * @param expression the expression, as in
	 * {@link dev.millrace.annotation.StreamFilter#expression()}
	 * @return this
	 */
	HandlerSpec filter(String expression);

	/**
	 * Take only the records that a predicate accepts. It is called by several threads at
	 * a time.
	 * @param predicate the predicate
	 * @return this
	 */
	HandlerSpec filter(Predicate<StreamRecord> predicate);

	/**
	 * Check the constraints of each body with Bean Validation before the function is
	 * called.
	 * @return this
	 */
	HandlerSpec validated();

	/**
	 * Say something for the readers of the AsyncAPI document about the records that the
	 * function takes.
	 * @param specification says it
	 * @return this
	 */
	HandlerSpec documentation(Consumer<DocumentationSpec> specification);

	/**
	 * Publish results to a topic, with the key of the incoming record.
	 * @param topic the topic
	 * @return this
	 */
	default HandlerSpec publishTo(String topic) {
		return publishTo(topic, (publisher) -> {
		});
	}

	/**
	 * Publish results to a topic.
	 * @param topic the topic
	 * @param key the expression of the key, as in
	 * {@link dev.millrace.annotation.StreamPublisher#key()}
	 * @return this
	 */
	default HandlerSpec publishTo(String topic, String key) {
		return publishTo(topic, (publisher) -> publisher.key(key));
	}

	/**
	 * Publish results to a topic.
	 * @param topic the topic
	 * @param specification says how
	 * @return this
	 */
	HandlerSpec publishTo(String topic, Consumer<PublisherSpec> specification);

	/**
	 * Says how results are published. Every setting means what the attribute of
	 * {@link dev.millrace.annotation.StreamPublisher @StreamPublisher} with the same name
	 * means.
	 */
	interface PublisherSpec {

		/**
		 * Set the expression of the key.
		 * @param expression the expression
		 * @return this
		 */
		PublisherSpec key(String expression);

		/**
		 * Set the expression of the partition.
		 * @param expression the expression
		 * @return this
		 */
		PublisherSpec partition(String expression);

		/**
		 * Add a header.
		 * @param name the name
		 * @param value the value
		 * @return this
		 */
		PublisherSpec header(String name, String value);

		/**
		 * Set the content type to write.
		 * @param contentType the content type
		 * @return this
		 */
		PublisherSpec contentType(String contentType);

		/**
		 * Name the codec that writes every value.
		 * @param bean the name of the bean
		 * @return this
		 */
		PublisherSpec codec(String bean);

		/**
		 * Name interceptors of what is published, the outermost first.
		 * @param beans the names of the beans
		 * @return this
		 */
		PublisherSpec interceptors(String... beans);

		/**
		 * Say something for the readers of the AsyncAPI document.
		 * @param specification says it
		 * @return this
		 */
		PublisherSpec documentation(Consumer<DocumentationSpec> specification);

	}

}
