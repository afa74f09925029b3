package dev.millrace.test.broker;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.common.errors.InconsistentGroupProtocolException;

/**
 * How a group chooses its assignor: each member votes for the one it likes best among
 * those that all members have. The leader's instance does the work.
 *
 * @param winner the leader's instance of the assignor with most votes
 */
record AssignorElection(ConsumerPartitionAssignor winner) {

	static AssignorElection among(Collection<GroupMember> members) {
		GroupMember leader = members.iterator().next();
		Map<String, Integer> votes = new LinkedHashMap<>();
		members.forEach((member) -> common(member, members).findFirst()
			.ifPresent((name) -> votes.merge(name, 1, Integer::sum)));
		String winner = votes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
		return new AssignorElection(Objects.requireNonNull(leader.assignor(winner)));
	}

	static void requireCommon(GroupMember candidate, Collection<GroupMember> members) {
		List<GroupMember> all = Stream.concat(Stream.of(candidate), members.stream()).toList();
		if (common(candidate, all).findFirst().isEmpty()) {
			throw new InconsistentGroupProtocolException(
					"The group member's supported protocols are incompatible with those of existing members.");
		}
	}

	private static Stream<String> common(GroupMember member, Collection<GroupMember> members) {
		return member.settings()
			.assignors()
			.stream()
			.map(ConsumerPartitionAssignor::name)
			.filter((name) -> members.stream().allMatch((other) -> other.assignor(name) != null));
	}

}
