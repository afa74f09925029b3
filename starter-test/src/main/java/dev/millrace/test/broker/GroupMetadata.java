package dev.millrace.test.broker;

import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;

/**
 * Makes Kafka's description of a membership. Applications are not to make any, so the
 * constructor is deprecated; its class will be an interface then.
 */
final class GroupMetadata {

	private GroupMetadata() {
	}

	@SuppressWarnings("removal")
	static ConsumerGroupMetadata of(String groupId, int generation, String memberId, Optional<String> instanceId) {
		return new ConsumerGroupMetadata(groupId, generation, memberId, instanceId);
	}

	/**
	 * Describe somebody who is no member.
	 * @param groupId the group
	 * @param instanceId the static identity, if there is one
	 * @return the description
	 */
	static ConsumerGroupMetadata none(String groupId, Optional<String> instanceId) {
		return of(groupId, -1, "", instanceId);
	}

}
