package dev.millrace.test.broker;

import java.util.Optional;

import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.common.TopicPartition;

/**
 * A consumer as the broker sees it.
 *
 * @param clientId the client's id
 * @param groupId the group that it belongs to, if any
 * @param subscriptions what it reads
 * @param signal wakes it
 */
record ConsumerHandle(String clientId, Optional<String> groupId, SubscriptionState subscriptions, Signal signal) {

	boolean reads(TopicPartition partition) {
		return this.subscriptions.isAssigned(partition);
	}

	/**
	 * Return whether the consumer has seen everything that it is there for. Needs the
	 * lock.
	 * @return whether it is idle; one that is in no group is there for nobody
	 */
	boolean isIdle() {
		return this.groupId.isEmpty() || this.signal.isIdle();
	}

}
