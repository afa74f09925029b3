package dev.millrace.test.broker;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Assignment;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.RebalanceProtocol;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor.Subscription;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.RebalanceInProgressException;

import dev.millrace.test.broker.GroupMember.MemberSettings;
import dev.millrace.test.broker.GroupMember.Presence;

/**
 * A consumer's side of its group: notices on its own thread, in {@code poll}, that it has
 * to join, and what it has been assigned. As in Kafka's own consumer, the application's
 * listener is called there too, with no lock held.
 */
final class GroupMembership {

	private final BrokerLock lock;

	private final TopicStore topics;

	private final ConsumerGroup group;

	private final SubscriptionState subscriptions;

	private final MemberSettings settings;

	private final boolean createsTopics;

	private final RebalanceProtocol protocol;

	private final RebalanceCallbacks callbacks;

	private final ConsumerHandle consumer;

	private GroupMember member;

	private ConsumerGroupMetadata metadata;

	private Set<String> joinedSubscription = Set.of();

	private boolean prepared;

	private boolean stable;

	private boolean rejoinRequested;

	GroupMembership(BrokerState broker, ConsumerHandle consumer, ConsumerGroup group, ConsumerOptions options) {
		this.lock = broker.lock();
		this.topics = broker.topics();
		this.group = group;
		this.subscriptions = consumer.subscriptions();
		this.settings = options.member();
		this.createsTopics = options.createsTopics();
		this.protocol = commonProtocol(this.settings.assignors());
		this.callbacks = new RebalanceCallbacks(consumer.subscriptions());
		this.consumer = consumer;
		this.member = new GroupMember(this.settings, consumer.signal());
		this.metadata = GroupMetadata.none(group.id(), this.settings.instanceId());
	}

	ConsumerGroup group() {
		return this.group;
	}

	/**
	 * Return who the consumer was when it was assigned partitions the last time.
	 * @return the metadata of its membership
	 */
	ConsumerGroupMetadata metadata() {
		return this.metadata;
	}

	void requestRejoin() {
		this.rejoinRequested = true;
	}

	/**
	 * Do what the group waits for.
	 * @param beforeRevocation called while everything is still assigned
	 */
	void advance(Runnable beforeRevocation) {
		if (!this.subscriptions.hasAutoAssignedPartitions()) {
			return;
		}
		Step step = this.lock.call(this::next);
		while (step != Step.NONE) {
			switch (step) {
				case PREPARE -> prepare(beforeRevocation);
				case JOIN -> this.lock.run(this::join);
				default -> this.lock.call(this.member::takeAssignment).ifPresent(this::completeOrRepeat);
			}
			this.callbacks.throwFailure();
			step = this.lock.call(this::next);
		}
	}

	/**
	 * Return how long a poll may wait at most.
	 * @param deadline when it has to return
	 * @return the earlier of that and the end of a rebalance that others are late for
	 */
	Deadline limit(Deadline deadline) {
		return this.lock.call(() -> (this.member.hasJoined() && !this.stable
				&& this.group.rebalanceDeadline().left() < deadline.left()) ? this.group.rebalanceDeadline()
						: deadline);
	}

	/**
	 * Return who commits offsets.
	 * @return the membership, or nobody's if the partitions were assigned by hand
	 */
	ConsumerGroupMetadata committer() {
		if (!this.subscriptions.hasAutoAssignedPartitions()) {
			return GroupMetadata.none(this.group.id(), Optional.empty());
		}
		if (this.stable) {
			return this.metadata;
		}
		if (this.member.presence() == Presence.JOINED || this.member.presence() == Presence.ASKED) {
			throw new RebalanceInProgressException("Offset commit cannot be completed since the consumer is undergoing"
					+ " a rebalance for auto partition assignment. You can try completing the rebalance by calling"
					+ " poll() and then retry the operation.");
		}
		throw new CommitFailedException("Offset commit cannot be completed since the consumer is not part of an active"
				+ " group for auto partition assignment; it is likely that the consumer was kicked out of the group.");
	}

	/**
	 * Give everything back.
	 * @param operation whether a static member leaves the group too
	 */
	void leave(GroupMembershipOperation operation) {
		Set<TopicPartition> dropped = new HashSet<>(this.subscriptions.assignedPartitions());
		if (this.subscriptions.hasAutoAssignedPartitions() && !dropped.isEmpty()) {
			if (this.stable && !isGone()) {
				this.callbacks.revoked(dropped);
			}
			else {
				this.callbacks.lost(dropped);
			}
			this.subscriptions.assignFromSubscribed(Set.of());
		}
		boolean leaves = (operation == GroupMembershipOperation.DEFAULT) ? this.settings.instanceId().isEmpty()
				: operation == GroupMembershipOperation.LEAVE_GROUP;
		if (leaves) {
			this.lock.run(() -> this.group.leave(this.member));
		}
		renew();
		this.callbacks.throwFailure();
	}

	private Step next() {
		if (this.subscriptions.hasPatternSubscription()) {
			this.subscriptions.subscribeFromPattern(this.topics.names(this.subscriptions::matchesSubscribedPattern));
		}
		this.group.evictLate();
		if (this.member.presence() == Presence.FENCED) {
			throw new FencedInstanceIdException("Another consumer has joined with the same group.instance.id.");
		}
		if (this.member.isAssigned()) {
			return Step.COMPLETE;
		}
		if (this.member.hasJoined() && !this.rejoinRequested
				&& this.joinedSubscription.equals(this.subscriptions.subscription())) {
			return Step.NONE;
		}
		return this.prepared ? Step.JOIN : Step.PREPARE;
	}

	private void prepare(Runnable beforeRevocation) {
		this.prepared = true;
		Set<TopicPartition> owned = new HashSet<>(this.subscriptions.assignedPartitions());
		if (isGone()) {
			if (!owned.isEmpty()) {
				this.callbacks.lost(owned);
				this.subscriptions.assignFromSubscribed(Set.of());
			}
		}
		else if (this.protocol == RebalanceProtocol.EAGER) {
			beforeRevocation.run();
			this.callbacks.revoked(owned);
			this.subscriptions.assignFromSubscribed(Set.of());
		}
		else {
			beforeRevocation.run();
			revoke(owned,
					owned.stream()
						.filter((partition) -> this.subscriptions.subscription().contains(partition.topic()))
						.toList());
		}
	}

	private boolean revoke(Set<TopicPartition> owned, Collection<TopicPartition> kept) {
		Set<TopicPartition> revoked = new HashSet<>(owned);
		revoked.removeAll(kept);
		if (revoked.isEmpty()) {
			return false;
		}
		this.callbacks.revoked(revoked);
		this.subscriptions
			.assignFromSubscribed(owned.stream().filter((partition) -> !revoked.contains(partition)).toList());
		return true;
	}

	private void join() {
		if (this.member.presence() == Presence.EVICTED) {
			renew();
		}
		this.stable = false;
		this.rejoinRequested = false;
		this.joinedSubscription = Set.copyOf(this.subscriptions.subscription());
		this.joinedSubscription.forEach((topic) -> this.topics.find(topic, this.createsTopics));
		Map<String, Subscription> subscriptions = new HashMap<>();
		this.settings.assignors().forEach((assignor) -> subscriptions.put(assignor.name(), subscription(assignor)));
		this.group.join(this.member, subscriptions);
	}

	private Subscription subscription(ConsumerPartitionAssignor assignor) {
		Subscription subscription = new Subscription(List.copyOf(this.joinedSubscription),
				assignor.subscriptionUserData(this.joinedSubscription), this.subscriptions.assignedPartitionsList(),
				this.metadata.generationId(), Optional.empty());
		subscription.setGroupInstanceId(this.settings.instanceId());
		return subscription;
	}

	// The real one begins anew too when a listener has failed, in its next poll.
	private void completeOrRepeat(Assignment assignment) {
		boolean completed = false;
		try {
			complete(assignment);
			this.callbacks.throwFailure();
			completed = true;
		}
		finally {
			if (!completed) {
				this.lock.run(() -> this.member.restore(assignment));
			}
		}
	}

	private void complete(Assignment assignment) {
		this.prepared = false;
		this.stable = true;
		this.metadata = this.lock.call(() -> this.member.metadata(this.group.id()));
		if (!this.subscriptions.checkAssignmentMatchedSubscription(assignment.partitions())) {
			this.rejoinRequested = true;
			return;
		}
		Set<TopicPartition> owned = new HashSet<>(this.subscriptions.assignedPartitions());
		Set<TopicPartition> added = new HashSet<>(assignment.partitions());
		added.removeAll(owned);
		if (this.protocol == RebalanceProtocol.COOPERATIVE && revoke(owned, assignment.partitions())) {
			this.rejoinRequested = true;
		}
		String chosen = this.lock.call(this.group::protocol);
		this.settings.assignors()
			.stream()
			.filter((assignor) -> assignor.name().equals(chosen))
			.forEach((assignor) -> assignor.onAssignment(assignment, this.metadata));
		this.subscriptions.assignFromSubscribed(assignment.partitions());
		this.callbacks.assigned(added);
	}

	private boolean isGone() {
		return this.lock.call(this.member::presence) == Presence.EVICTED
				|| this.lock.call(this.member::presence) == Presence.NEW;
	}

	private void renew() {
		this.member = new GroupMember(this.settings, this.consumer.signal());
		this.metadata = GroupMetadata.none(this.group.id(), this.settings.instanceId());
		this.stable = false;
		this.prepared = false;
	}

	private static RebalanceProtocol commonProtocol(List<ConsumerPartitionAssignor> assignors) {
		return List.of(RebalanceProtocol.COOPERATIVE, RebalanceProtocol.EAGER)
			.stream()
			.filter((candidate) -> assignors.stream()
				.allMatch((assignor) -> assignor.supportedProtocols().contains(candidate)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"Specified assignors " + assignors.stream().map(ConsumerPartitionAssignor::name).toList()
							+ " do not have commonly supported rebalance protocol"));
	}

	private enum Step {

		NONE, PREPARE, JOIN, COMPLETE

	}

}
