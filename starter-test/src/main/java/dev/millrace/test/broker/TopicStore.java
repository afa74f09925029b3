package dev.millrace.test.broker;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.internals.Topic;
import org.jspecify.annotations.Nullable;

/**
 * The topics of a broker. Guarded by its lock.
 */
final class TopicStore {

	static final Node NODE = new Node(0, "in-memory", 9092);

	static final String CLUSTER_ID = "in-memory-cluster";

	private final Map<String, StoredTopic> topics = new TreeMap<>();

	private final int defaultPartitions;

	private final boolean autoCreate;

	private final Runnable changed;

	private @Nullable Cluster description;

	TopicStore(int defaultPartitions, boolean autoCreate, Runnable changed) {
		this.defaultPartitions = defaultPartitions;
		this.autoCreate = autoCreate;
		this.changed = changed;
	}

	int defaultPartitions() {
		return this.defaultPartitions;
	}

	boolean isAutoCreate() {
		return this.autoCreate;
	}

	StoredTopic create(String name, int partitions, Map<String, String> configuration) {
		Topic.validate(name);
		if (this.topics.containsKey(name)) {
			throw new TopicExistsException("Topic '%s' already exists.".formatted(name));
		}
		if (partitions == 0 || partitions < -1) {
			throw new InvalidPartitionsException("Number of partitions was set to an invalid non-positive value.");
		}
		StoredTopic topic = new StoredTopic(name, (partitions < 0) ? this.defaultPartitions : partitions,
				configuration);
		this.topics.put(name, topic);
		changed();
		return topic;
	}

	StoredTopic delete(String name) {
		StoredTopic topic = get(name);
		this.topics.remove(name);
		changed();
		return topic;
	}

	void expand(String name, int partitions) {
		StoredTopic topic = get(name);
		if (partitions <= topic.logs().size()) {
			throw new InvalidPartitionsException(
					"The topic %s currently has %d partition(s); %d would not be an increase.".formatted(name,
							topic.logs().size(), partitions));
		}
		topic.expand(partitions);
		changed();
	}

	StoredTopic get(String name) {
		StoredTopic topic = this.topics.get(name);
		if (topic == null) {
			throw new UnknownTopicOrPartitionException("This server does not host this topic-partition.");
		}
		return topic;
	}

	/**
	 * Find a topic as a client does that is about to use it.
	 * @param name its name
	 * @param createIfMissing whether the client would have it created
	 * @return the topic, or {@code null} when there is none
	 */
	@Nullable StoredTopic find(String name, boolean createIfMissing) {
		StoredTopic topic = this.topics.get(name);
		if (topic != null) {
			return topic;
		}
		Topic.validate(name);
		return (createIfMissing && this.autoCreate) ? create(name, -1, Map.of()) : null;
	}

	@Nullable PartitionLog log(TopicPartition partition) {
		StoredTopic topic = this.topics.get(partition.topic());
		return (topic != null && partition.partition() < topic.logs().size()) ? topic.logs().get(partition.partition())
				: null;
	}

	Collection<StoredTopic> all() {
		return this.topics.values();
	}

	Set<String> names(Predicate<String> filter) {
		return Set.copyOf(this.topics.keySet().stream().filter(filter).toList());
	}

	Cluster describe() {
		Cluster known = this.description;
		if (known == null) {
			known = newDescription();
			this.description = known;
		}
		return known;
	}

	private void changed() {
		this.description = null;
		this.changed.run();
	}

	private Cluster newDescription() {
		List<PartitionInfo> partitions = this.topics.values()
			.stream()
			.flatMap((topic) -> topic.describe(NODE).stream())
			.toList();
		return new Cluster(CLUSTER_ID, List.of(NODE), partitions, Set.of(), Set.of());
	}

}
