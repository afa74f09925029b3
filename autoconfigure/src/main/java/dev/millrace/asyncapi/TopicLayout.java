package dev.millrace.asyncapi;

import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What is declared about a topic.
 *
 * @param partitions the number of partitions, or {@code null}
 * @param replicas the number of replicas, or {@code null}
 * @param configuration the configuration of the topic
 */
public record TopicLayout(@Nullable Integer partitions, @Nullable Integer replicas, Map<String, String> configuration) {

	public TopicLayout {
		configuration = Map.copyOf(configuration);
	}

}
