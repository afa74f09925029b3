package dev.millrace;

import java.util.Collection;

/**
 * The running subscribers of the application, a bean. Safe for use by several threads.
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

}
