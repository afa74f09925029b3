package dev.millrace.test.broker;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.AlterConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DeleteConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.DeleteConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.DeleteConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DeleteConsumerGroupsResult;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsResult;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ListGroupsResult;
import org.apache.kafka.clients.admin.MemberAssignment;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupResult;
import org.apache.kafka.clients.admin.internals.CoordinatorKey;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.GroupType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.protocol.Errors;
import org.jspecify.annotations.Nullable;

/**
 * The methods of an admin client that are about consumer groups.
 */
final class GroupAdmin {

	private final BrokerState broker;

	private final AdminReplies replies;

	GroupAdmin(BrokerState broker, AdminReplies replies) {
		this.broker = broker;
		this.replies = replies;
	}

	ListConsumerGroupOffsetsResult listConsumerGroupOffsets(Map<String, ListConsumerGroupOffsetsSpec> groupSpecs,
			ListConsumerGroupOffsetsOptions options) {
		Map<CoordinatorKey, KafkaFuture<Map<TopicPartition, @Nullable OffsetAndMetadata>>> futures = new HashMap<>();
		groupSpecs.forEach((group, spec) -> futures.put(CoordinatorKey.byGroupId(group),
				this.replies.future(() -> offsets(group, spec.topicPartitions()))));
		return this.replies.result(ListConsumerGroupOffsetsResult.class, futures);
	}

	AlterConsumerGroupOffsetsResult alterConsumerGroupOffsets(String groupId,
			Map<TopicPartition, OffsetAndMetadata> offsets, AlterConsumerGroupOffsetsOptions options) {
		return this.replies.result(AlterConsumerGroupOffsetsResult.class, this.replies.future(() -> {
			ConsumerGroup group = this.broker.groups().group(groupId);
			Map<TopicPartition, Errors> errors = new HashMap<>();
			boolean empty = group.members().isEmpty();
			offsets.keySet()
				.forEach((partition) -> errors.put(partition, empty ? Errors.NONE : Errors.UNKNOWN_MEMBER_ID));
			if (empty) {
				group.offsets().commit(offsets);
			}
			return errors;
		}));
	}

	DeleteConsumerGroupOffsetsResult deleteConsumerGroupOffsets(String groupId, Set<TopicPartition> partitions,
			DeleteConsumerGroupOffsetsOptions options) {
		return this.replies.result(DeleteConsumerGroupOffsetsResult.class, this.replies.future(() -> {
			ConsumerGroup group = this.broker.groups().require(groupId);
			Map<TopicPartition, Errors> errors = new HashMap<>();
			partitions.forEach((partition) -> errors.put(partition,
					isSubscribed(group, partition.topic()) ? Errors.GROUP_SUBSCRIBED_TO_TOPIC : Errors.NONE));
			group.offsets()
				.delete(partitions.stream().filter((partition) -> errors.get(partition) == Errors.NONE).toList());
			return errors;
		}), partitions);
	}

	ListGroupsResult listGroups(ListGroupsOptions options) {
		return this.replies.result(ListGroupsResult.class,
				this.replies.<Collection<Object>>future(() -> new ArrayList<>(this.broker.groups()
					.all()
					.stream()
					.map((group) -> new GroupListing(group.id(), Optional.of(GroupType.CLASSIC), "consumer",
							Optional.of(group.state())))
					.toList())));
	}

	DescribeConsumerGroupsResult describeConsumerGroups(Collection<String> groupIds,
			DescribeConsumerGroupsOptions options) {
		return new DescribeConsumerGroupsResult(
				this.replies.futures(groupIds, (id) -> describe(this.broker.groups().require(id))));
	}

	DeleteConsumerGroupsResult deleteConsumerGroups(Collection<String> groupIds, DeleteConsumerGroupsOptions options) {
		return this.replies.result(DeleteConsumerGroupsResult.class,
				this.replies.actions(groupIds, this.broker.groups()::delete));
	}

	RemoveMembersFromConsumerGroupResult removeMembersFromConsumerGroup(String groupId,
			RemoveMembersFromConsumerGroupOptions options) {
		return this.replies.result(RemoveMembersFromConsumerGroupResult.class, this.replies.future(() -> {
			ConsumerGroup group = this.broker.groups().require(groupId);
			Set<String> instances = new HashSet<>();
			options.members().stream().map(MemberToRemove::groupInstanceId).forEach(instances::add);
			Map<MemberIdentity, Errors> removed = new HashMap<>();
			for (GroupMember member : List.copyOf(group.members())) {
				String instance = member.settings().instanceId().orElse(null);
				if (options.removeAll() || instances.contains(instance)) {
					group.evict(member);
					removed.put(new MemberIdentity().setGroupInstanceId(instance)
						.setMemberId(options.removeAll() ? member.id() : ""), Errors.NONE);
				}
			}
			return removed;
		}), options.members());
	}

	private Map<TopicPartition, @Nullable OffsetAndMetadata> offsets(String groupId,
			@Nullable Collection<TopicPartition> partitions) {
		return this.broker.groups()
			.find(groupId)
			.map(ConsumerGroup::offsets)
			.map((offsets) -> offsets.find((partitions != null) ? partitions : offsets.committed().keySet()))
			.orElseGet(() -> new GroupOffsets().find((partitions != null) ? partitions : Set.of()));
	}

	private static boolean isSubscribed(ConsumerGroup group, String topic) {
		return group.members().stream().anyMatch((member) -> member.topics().contains(topic));
	}

	private static ConsumerGroupDescription describe(ConsumerGroup group) {
		List<MemberDescription> members = group.members()
			.stream()
			.map((member) -> new MemberDescription(member.id(), member.settings().instanceId(), Optional.empty(),
					member.settings().clientId(), "/in-memory", new MemberAssignment(Set.copyOf(member.partitions())),
					Optional.empty(), Optional.empty(), Optional.empty()))
			.toList();
		return new ConsumerGroupDescription(group.id(), group.protocol().isEmpty(), members, group.protocol(),
				GroupType.CLASSIC, group.state(), TopicStore.NODE, Set.of(), Optional.empty(), Optional.empty());
	}

}
