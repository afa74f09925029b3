package dev.millrace.test.engine;

import java.util.Collection;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;

import dev.millrace.listener.SubscriberRuntime;

/**
 * What is known of the clients of an application.
 */
public interface Clients {

	/**
	 * Return whether nobody is busy with what was sent, as far as that is known without
	 * asking a broker.
	 * @return whether that is so
	 */
	boolean areQuiet();

	/**
	 * Return whether the broker has answered all that was sent.
	 * @return whether nothing is on its way to it
	 */
	boolean haveWritten();

	/**
	 * Return whether a consumer of a group has something in its hands: it has polled it,
	 * and does not poll again yet.
	 * @param groupId the group
	 * @return whether that is so
	 */
	boolean areHandingOver(String groupId);

	/**
	 * Return how many records they have begun to send.
	 * @return the number, which never falls
	 */
	long sends();

	/**
	 * Return whether those who read have polled all that there is and that they would
	 * poll now.
	 * @param reading those who read
	 * @param begin where topics ended when the test began: what is before does not count
	 * @return whether nothing is on its way
	 */
	boolean haveAll(Collection<SubscriberRuntime> reading, Map<TopicPartition, Long> begin);

}
