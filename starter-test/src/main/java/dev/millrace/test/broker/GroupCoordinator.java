package dev.millrace.test.broker;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.GroupNotEmptyException;

/**
 * The consumer groups of a broker. Guarded by its lock.
 */
final class GroupCoordinator {

	private final Map<String, ConsumerGroup> groups = new TreeMap<>();

	private final TopicStore topics;

	GroupCoordinator(TopicStore topics) {
		this.topics = topics;
	}

	ConsumerGroup group(String id) {
		return this.groups.computeIfAbsent(id, (name) -> new ConsumerGroup(name, this.topics));
	}

	Optional<ConsumerGroup> find(String id) {
		return Optional.ofNullable(this.groups.get(id));
	}

	ConsumerGroup require(String id) {
		return find(id).orElseThrow(() -> new GroupIdNotFoundException("Group %s not found.".formatted(id)));
	}

	Collection<ConsumerGroup> all() {
		return this.groups.values();
	}

	void delete(String id) {
		if (!require(id).members().isEmpty()) {
			throw new GroupNotEmptyException("The group is not empty.");
		}
		this.groups.remove(id);
	}

	void topicsChanged() {
		this.groups.values().forEach(ConsumerGroup::topicsChanged);
	}

	void topicDeleted(String topic) {
		this.groups.values().forEach((group) -> group.offsets().deleteTopic(topic));
	}

}
