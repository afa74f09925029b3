package dev.millrace.test.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * A member of a group as its coordinator knows it. Guarded by the broker's lock.
 */
final class GroupMember {

	private final String id;

	private final MemberSettings settings;

	private final Signal signal;

	private Map<String, Subscription> subscriptions = Map.of();

	private Presence presence = Presence.NEW;

	private List<TopicPartition> partitions = List.of();

	private @Nullable Assignment assignment;

	private int generation = -1;

	GroupMember(MemberSettings settings, Signal signal) {
		this.id = settings.instanceId().orElse(settings.clientId()) + "-" + UUID.randomUUID();
		this.settings = settings;
		this.signal = signal;
	}

	String id() {
		return this.id;
	}

	MemberSettings settings() {
		return this.settings;
	}

	List<String> topics() {
		return this.subscriptions.values().stream().findFirst().map(Subscription::topics).orElse(List.of());
	}

	boolean hasSameTopics(Map<String, Subscription> subscriptions) {
		return subscriptions.values()
			.stream()
			.allMatch((other) -> Set.copyOf(other.topics()).equals(Set.copyOf(topics())));
	}

	Subscription subscription(String assignor) {
		return this.subscriptions.getOrDefault(assignor, new Subscription(topics()));
	}

	List<TopicPartition> partitions() {
		return this.partitions;
	}

	ConsumerGroupMetadata metadata(String groupId) {
		return GroupMetadata.of(groupId, this.generation, this.id, this.settings.instanceId());
	}

	/**
	 * Note that the member has joined.
	 * @param subscriptions what it says to each of its assignors
	 */
	void join(Map<String, Subscription> subscriptions) {
		this.subscriptions = subscriptions;
		this.presence = Presence.JOINED;
	}

	void askToJoin() {
		this.presence = Presence.ASKED;
		this.assignment = null;
		this.signal.raise();
	}

	void assign(int generation, Assignment assignment) {
		this.generation = generation;
		this.assignment = assignment;
		this.partitions = List.copyOf(assignment.partitions());
		this.signal.raise();
	}

	void replace(GroupMember previous) {
		assign(previous.generation, new Assignment(previous.partitions));
		previous.end(Presence.FENCED);
	}

	void end(Presence presence) {
		this.presence = presence;
		this.assignment = null;
		this.signal.raise();
	}

	Presence presence() {
		return this.presence;
	}

	boolean hasJoined() {
		return this.presence == Presence.JOINED;
	}

	boolean isAssigned() {
		return this.assignment != null;
	}

	Optional<Assignment> takeAssignment() {
		Optional<Assignment> taken = Optional.ofNullable(this.assignment);
		this.assignment = null;
		return taken;
	}

	/**
	 * Put an assignment back that could not be taken over, unless it is outdated by now.
	 * @param assignment the assignment
	 */
	void restore(Assignment assignment) {
		if (hasJoined() && !isAssigned()) {
			this.assignment = assignment;
		}
	}

	@Nullable ConsumerPartitionAssignor assignor(String name) {
		return this.settings.assignors()
			.stream()
			.filter((assignor) -> assignor.name().equals(name))
			.findFirst()
			.orElse(null);
	}

	/**
	 * What the coordinator thinks of a member.
	 */
	enum Presence {

		/** It has not joined yet. */
		NEW,

		/** It is to join, as there is a rebalance. */
		ASKED,

		/** It has joined. */
		JOINED,

		/** It is no longer a member, and does not know. */
		EVICTED,

		/** Another member has taken its static identity. */
		FENCED

	}

	/**
	 * What a member says about itself.
	 *
	 * @param clientId the client's id
	 * @param instanceId the id that stays when it restarts, if it has one
	 * @param assignors the assignors that it offers, those it prefers first
	 * @param rebalanceTimeout how long a rebalance waits for it
	 */
	record MemberSettings(String clientId, Optional<String> instanceId, List<ConsumerPartitionAssignor> assignors,
			Duration rebalanceTimeout) {

	}

}
