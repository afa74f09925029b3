package dev.millrace.test.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.GroupSubscription;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.GroupState;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.IllegalGenerationException;
import org.apache.kafka.common.errors.UnknownMemberIdException;

import dev.millrace.test.broker.GroupMember.Presence;

/**
 * A consumer group: its members, who of them has which partition, and its offsets. A
 * rebalance begins when somebody comes or goes, and ends when every member has joined
 * again. Guarded by the broker's lock.
 */
final class ConsumerGroup {

	private final String id;

	private final TopicStore topics;

	private final GroupOffsets offsets = new GroupOffsets();

	private final Map<String, GroupMember> members = new LinkedHashMap<>();

	private GroupState state = GroupState.EMPTY;

	private int generation;

	private String protocol = "";

	private Map<String, Integer> partitionCounts = Map.of();

	private Deadline rebalanceDeadline = Deadline.in(Duration.ZERO);

	ConsumerGroup(String id, TopicStore topics) {
		this.id = id;
		this.topics = topics;
	}

	String id() {
		return this.id;
	}

	GroupState state() {
		return this.state;
	}

	String protocol() {
		return this.protocol;
	}

	GroupOffsets offsets() {
		return this.offsets;
	}

	Collection<GroupMember> members() {
		return this.members.values();
	}

	Deadline rebalanceDeadline() {
		return this.rebalanceDeadline;
	}

	void join(GroupMember member, Map<String, Subscription> subscriptions) {
		if (!this.members.containsKey(member.id())) {
			Optional<GroupMember> previous = previous(member);
			if (previous.isPresent()) {
				replace(previous.get(), member, subscriptions);
				return;
			}
			AssignorElection.requireCommon(member, this.members.values());
			this.members.put(member.id(), member);
		}
		rebalance();
		member.join(subscriptions);
		completeRebalance();
	}

	void leave(GroupMember member) {
		remove(member, Presence.NEW);
	}

	void evict(GroupMember member) {
		remove(member, Presence.EVICTED);
	}

	/**
	 * Ask all members to join again.
	 */
	void rebalance() {
		if (this.state == GroupState.PREPARING_REBALANCE) {
			return;
		}
		this.state = GroupState.PREPARING_REBALANCE;
		this.members.values().forEach(GroupMember::askToJoin);
		this.rebalanceDeadline = Deadline.in(this.members.values()
			.stream()
			.map((member) -> member.settings().rebalanceTimeout())
			.max(Duration::compareTo)
			.orElse(Duration.ZERO));
	}

	/**
	 * Do without the members that the rebalance has waited for in vain.
	 */
	void evictLate() {
		if (this.state == GroupState.PREPARING_REBALANCE && this.rebalanceDeadline.hasPassed()) {
			this.members.values().stream().filter((member) -> !member.hasJoined()).toList().forEach(this::evict);
		}
	}

	void topicsChanged() {
		if (this.state == GroupState.STABLE && !this.partitionCounts.equals(countPartitions())) {
			rebalance();
		}
	}

	/**
	 * Check that offsets come from a member that still is one, or from nobody's while the
	 * group has none.
	 * @param sender who wants to commit offsets
	 * @param transactional whether they are part of a transaction
	 */
	void validate(ConsumerGroupMetadata sender, boolean transactional) {
		if (sender.generationId() < 0 && sender.memberId().isEmpty()) {
			if (!transactional && !this.members.isEmpty()) {
				throw new UnknownMemberIdException("The coordinator is not aware of this member.");
			}
			return;
		}
		sender.groupInstanceId().flatMap(this::withInstanceId).ifPresent((member) -> {
			if (!member.id().equals(sender.memberId())) {
				throw new FencedInstanceIdException(
						"The broker rejected this static consumer since another consumer with the same"
								+ " group.instance.id has registered with a different member.id.");
			}
		});
		if (!this.members.containsKey(sender.memberId())) {
			throw new UnknownMemberIdException("The coordinator is not aware of this member.");
		}
		if (sender.generationId() != this.generation) {
			throw new IllegalGenerationException("Specified group generation id is not valid.");
		}
	}

	private void replace(GroupMember previous, GroupMember member, Map<String, Subscription> subscriptions) {
		boolean unchanged = this.state == GroupState.STABLE && previous.hasSameTopics(subscriptions);
		this.members.remove(previous.id());
		this.members.put(member.id(), member);
		member.replace(previous);
		if (!unchanged) {
			rebalance();
		}
		member.join(subscriptions);
		completeRebalance();
	}

	private void remove(GroupMember member, Presence presence) {
		if (this.members.remove(member.id()) == null) {
			return;
		}
		member.end(presence);
		if (this.members.isEmpty()) {
			this.state = GroupState.EMPTY;
			this.generation++;
			this.partitionCounts = Map.of();
		}
		else {
			rebalance();
			completeRebalance();
		}
	}

	private void completeRebalance() {
		if (this.state != GroupState.PREPARING_REBALANCE
				|| !this.members.values().stream().allMatch(GroupMember::hasJoined)) {
			return;
		}
		AssignorElection election = AssignorElection.among(this.members.values());
		Map<String, Subscription> subscriptions = new HashMap<>();
		this.members
			.forEach((member, joined) -> subscriptions.put(member, joined.subscription(election.winner().name())));
		Map<String, Assignment> assignments = election.winner()
			.assign(this.topics.describe(), new GroupSubscription(subscriptions))
			.groupAssignment();
		this.generation++;
		this.protocol = election.winner().name();
		this.partitionCounts = countPartitions();
		this.state = GroupState.STABLE;
		this.members.forEach((member, joined) -> joined.assign(this.generation,
				assignments.getOrDefault(member, new Assignment(List.of()))));
	}

	private Map<String, Integer> countPartitions() {
		Map<String, Integer> counts = new HashMap<>();
		this.members.values()
			.stream()
			.flatMap((member) -> member.topics().stream())
			.map((topic) -> this.topics.find(topic, false))
			.filter(Objects::nonNull)
			.forEach((topic) -> counts.put(topic.name(), topic.logs().size()));
		return counts;
	}

	private Optional<GroupMember> previous(GroupMember member) {
		return member.settings().instanceId().flatMap(this::withInstanceId);
	}

	private Optional<GroupMember> withInstanceId(String instanceId) {
		return new ArrayList<>(this.members.values()).stream()
			.filter((member) -> member.settings().instanceId().equals(Optional.of(instanceId)))
			.findFirst();
	}

}
