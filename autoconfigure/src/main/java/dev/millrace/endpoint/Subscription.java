package dev.millrace.endpoint;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * What a subscriber reads.
 */
public sealed interface Subscription {

	/**
	 * Topics that are known by name before the subscriber starts.
	 * @return the names; empty when there is a pattern
	 */
	List<String> topics();

	/**
	 * Pattern of the topics.
	 * @return the pattern that whole names have to match, or {@code null} when all are
	 * known by name
	 */
	@Nullable Pattern pattern();

	/**
	 * Tell whether a topic is read.
	 * @param topic the name of the topic
	 * @return whether it is
	 */
	default boolean reads(String topic) {
		Pattern pattern = pattern();
		return (pattern != null) ? pattern.matcher(topic).matches() : topics().contains(topic);
	}

	/**
	 * Tell whether a partition is read, be it by this instance or by another one of the
	 * group.
	 * @param partition the partition
	 * @return whether it is
	 */
	default boolean reads(TopicPartition partition) {
		return reads(partition.topic());
	}

	/**
	 * Names of the variables that the name of a topic has values for.
	 * @return the names
	 */
	default List<String> variables() {
		return List.of();
	}

	/**
	 * Read the variables of a topic's name.
	 * @param topic the name of the topic
	 * @return the values by the names of the variables
	 */
	default Map<String, String> path(String topic) {
		return Map.of();
	}

	/**
	 * Subscription to topics by name.
	 *
	 * @param topics the names, at least one
	 */
	record Topics(List<String> topics) implements Subscription {

		public Topics {
			topics = List.copyOf(topics);
		}

		@Override
		public @Nullable Pattern pattern() {
			return null;
		}

		@Override
		public String toString() {
			return String.join(", ", this.topics);
		}

	}

	/**
	 * Partitions that are read without a group's assignment.
	 *
	 * @param partitions the partitions, at least one
	 */
	record Partitions(List<AssignedPartition> partitions) implements Subscription {

		public Partitions {
			partitions = List.copyOf(partitions);
		}

		@Override
		public List<String> topics() {
			return this.partitions.stream().map(AssignedPartition::topic).distinct().toList();
		}

		@Override
		public @Nullable Pattern pattern() {
			return null;
		}

		@Override
		public boolean reads(TopicPartition partition) {
			return this.partitions.stream()
				.anyMatch((own) -> own.topic().equals(partition.topic()) && own.partition() == partition.partition());
		}

		@Override
		public String toString() {
			return this.partitions.stream().map(AssignedPartition::toString).collect(Collectors.joining(", "));
		}

	}

	/**
	 * Subscription to every topic whose whole name matches.
	 *
	 * @param pattern the pattern
	 */
	record TopicPattern(Pattern pattern) implements Subscription {

		@Override
		public List<String> topics() {
			return List.of();
		}

		@Override
		public String toString() {
			return "/" + this.pattern.pattern() + "/";
		}

	}

	/**
	 * Subscription to every topic whose whole name fits one of several templates.
	 *
	 * @param templates the templates, at least one
	 * @param pattern the pattern of all of them
	 */
	record Templates(List<TopicTemplate> templates, Pattern pattern) implements Subscription {

		/**
		 * Create a subscription.
		 * @param templates the templates, at least one
		 */
		public Templates(List<TopicTemplate> templates) {
			this(List.copyOf(templates), TopicTemplate.anyOf(templates));
		}

		@Override
		public List<String> topics() {
			return List.of();
		}

		@Override
		public List<String> variables() {
			return this.templates.stream().flatMap((template) -> template.variables().stream()).distinct().toList();
		}

		@Override
		public Map<String, String> path(String topic) {
			for (TopicTemplate template : this.templates) {
				Map<String, String> path = template.match(topic);
				if (path != null) {
					return path;
				}
			}
			return Map.of();
		}

		@Override
		public String toString() {
			return this.templates.stream().map(TopicTemplate::text).collect(Collectors.joining(", "));
		}

	}

}
