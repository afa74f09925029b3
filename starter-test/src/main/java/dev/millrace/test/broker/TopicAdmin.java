package dev.millrace.test.broker;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreatePartitionsResult;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.CreateTopicsResult.TopicMetadataAndConfig;
import org.apache.kafka.clients.admin.DeleteTopicsOptions;
import org.apache.kafka.clients.admin.DeleteTopicsResult;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeClusterResult;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsResult;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TopicListing;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicCollection;
import org.apache.kafka.common.TopicCollection.TopicIdCollection;
import org.apache.kafka.common.TopicCollection.TopicNameCollection;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicIdException;

/**
 * The methods of an admin client that are about topics.
 */
final class TopicAdmin {

	private final BrokerState broker;

	private final AdminReplies replies;

	TopicAdmin(BrokerState broker, AdminReplies replies) {
		this.broker = broker;
		this.replies = replies;
	}

	CreateTopicsResult createTopics(Collection<NewTopic> topics, CreateTopicsOptions options) {
		Map<String, NewTopic> names = new HashMap<>();
		topics.forEach((topic) -> names.put(topic.name(), topic));
		return this.replies.result(CreateTopicsResult.class, this.replies.futures(names.keySet(), (name) -> {
			NewTopic topic = names.getOrDefault(name, new NewTopic(name, 1, (short) 1));
			int partitions = (topic.replicasAssignments() != null) ? topic.replicasAssignments().size()
					: topic.numPartitions();
			Map<String, String> configuration = (topic.configs() != null) ? topic.configs() : Map.of();
			StoredTopic created = this.broker.topics().create(name, partitions, configuration);
			TopicMetadataAndConfig metadata = new TopicMetadataAndConfig(created.id(), created.logs().size(), 1,
					TopicConfiguration.describe(created));
			if (options.shouldValidateOnly()) {
				this.broker.topics().delete(name);
			}
			return metadata;
		}));
	}

	DeleteTopicsResult deleteTopics(TopicCollection topics, DeleteTopicsOptions options) {
		if (topics instanceof TopicIdCollection ids) {
			return this.replies.result(DeleteTopicsResult.class,
					this.replies.actions(ids.topicIds(), (id) -> delete(withId(id).name())), null);
		}
		return this.replies.result(DeleteTopicsResult.class, null,
				this.replies.actions(((TopicNameCollection) topics).topicNames(), this::delete));
	}

	ListTopicsResult listTopics(ListTopicsOptions options) {
		return this.replies.result(ListTopicsResult.class, this.replies.future(() -> {
			Map<String, TopicListing> listings = new HashMap<>();
			this.broker.topics()
				.all()
				.forEach((topic) -> listings.put(topic.name(), new TopicListing(topic.name(), topic.id(), false)));
			return listings;
		}));
	}

	DescribeTopicsResult describeTopics(TopicCollection topics, DescribeTopicsOptions options) {
		if (topics instanceof TopicIdCollection ids) {
			return this.replies.result(DescribeTopicsResult.class,
					this.replies.futures(ids.topicIds(), (id) -> describe(withId(id))), null);
		}
		return this.replies.result(DescribeTopicsResult.class, null, this.replies
			.futures(((TopicNameCollection) topics).topicNames(), (name) -> describe(this.broker.topics().get(name))));
	}

	CreatePartitionsResult createPartitions(Map<String, NewPartitions> newPartitions, CreatePartitionsOptions options) {
		return this.replies.result(CreatePartitionsResult.class, this.replies.actions(newPartitions,
				(topic, wanted) -> this.broker.topics().expand(topic, wanted.totalCount())));
	}

	DescribeClusterResult describeCluster(DescribeClusterOptions options) {
		return this.replies.result(DescribeClusterResult.class, KafkaFuture.completedFuture(List.of(TopicStore.NODE)),
				KafkaFuture.completedFuture(TopicStore.NODE), KafkaFuture.completedFuture(TopicStore.CLUSTER_ID),
				KafkaFuture.completedFuture(Set.of()));
	}

	private void delete(String name) {
		this.broker.topics().delete(name);
		this.broker.groups().topicDeleted(name);
	}

	private StoredTopic withId(Uuid id) {
		return this.broker.topics()
			.all()
			.stream()
			.filter((topic) -> topic.id().equals(id))
			.findFirst()
			.orElseThrow(() -> new UnknownTopicIdException("This server does not host this topic ID."));
	}

	private static TopicDescription describe(StoredTopic topic) {
		List<TopicPartitionInfo> partitions = topic.logs()
			.stream()
			.map((log) -> new TopicPartitionInfo(log.partition().partition(), TopicStore.NODE, List.of(TopicStore.NODE),
					List.of(TopicStore.NODE)))
			.toList();
		return new TopicDescription(topic.name(), false, partitions, Set.of(), topic.id());
	}

}
