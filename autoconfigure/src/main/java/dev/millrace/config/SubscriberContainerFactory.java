package dev.millrace.config;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.config.KafkaListenerEndpoint;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.support.TopicPartitionOffset;

/**
 * Makes containers of subscribers, configured like all others of the application.
 */
public final class SubscriberContainerFactory extends ConcurrentKafkaListenerContainerFactory<Object, Object> {

	@Override
	protected ConcurrentMessageListenerContainer<Object, Object> createContainerInstance(
			KafkaListenerEndpoint endpoint) {
		return new SubscriberContainer(Objects.requireNonNull(getConsumerFactory()), properties(endpoint));
	}

	private static ContainerProperties properties(KafkaListenerEndpoint endpoint) {
		TopicPartitionOffset[] partitions = endpoint.getTopicPartitionsToAssign();
		Pattern pattern = endpoint.getTopicPattern();
		if (partitions != null) {
			return new ContainerProperties(partitions);
		}
		Collection<String> topics = Objects.requireNonNullElse(endpoint.getTopics(), List.of());
		return (pattern != null) ? new ContainerProperties(pattern)
				: new ContainerProperties(topics.toArray(String[]::new));
	}

}
