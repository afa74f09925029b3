package dev.millrace;

import java.util.Collection;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * The subscribers of the application, a bean. Safe for use by several threads.
 */
public interface StreamSubscribers {

	/**
	 * Return a subscriber.
	 * @param id the id
	 * @return the subscriber
	 * @throws IllegalArgumentException when there is none with that id
	 */
	SubscriberControl get(String id);

	/**
	 * Return all subscribers.
	 * @return a snapshot, in the order of registration
	 */
	Collection<SubscriberControl> all();

	/**
	 * Add a subscriber to the running application. It starts at once, unless it is not to
	 * start by itself.
	 * @param id the unique id
	 * @param specification says what it reads and what handles its records
	 * @return the subscriber
	 * @throws StreamConfigurationException when it can't work
	 */
	SubscriberControl add(String id, Consumer<SubscriberSpec> specification);

	/**
	 * Stop a subscriber and forget it.
	 * @param id the id
	 * @return completes when it has stopped, as {@link SubscriberControl#stop()}
	 * @throws IllegalArgumentException when there is none with that id
	 */
	CompletionStage<Void> remove(String id);

	/**
	 * Read records one after the other, without a handler.
	 * @param specification says what is read
	 * @return the records, to be closed
	 */
	RecordPuller pull(Consumer<RecordPuller.Spec> specification);

}
