package dev.millrace.config;

import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ConsumerStoppingEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.listener.EngineListener;

/**
 * Has a subscriber with partitions of its own drain and commit when a consumer stops. No
 * rebalance does, because there is none.
 */
public final class FixedPartitionsDrain implements ApplicationListener<ConsumerStoppingEvent> {

	@Override
	public void onApplicationEvent(ConsumerStoppingEvent event) {
		ContainerProperties properties = event.getSource(MessageListenerContainer.class).getContainerProperties();
		if (properties.getTopicPartitions() != null
				&& properties.getMessageListener() instanceof EngineListener listener) {
			listener.onPartitionsRevokedBeforeCommit(event.getConsumer(), event.getConsumer().assignment());
		}
	}

}
