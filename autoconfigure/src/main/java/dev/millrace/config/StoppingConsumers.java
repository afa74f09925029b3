package dev.millrace.config;

import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ConsumerStoppingEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.listener.EngineListener;

/**
 * Tells a subscriber that one of its consumers stops. One with partitions of its own
 * drains and commits then: no rebalance has it do so, because there is none.
 */
public final class StoppingConsumers implements ApplicationListener<ConsumerStoppingEvent> {

	@Override
	public void onApplicationEvent(ConsumerStoppingEvent event) {
		ContainerProperties properties = event.getSource(MessageListenerContainer.class).getContainerProperties();
		if (properties.getMessageListener() instanceof EngineListener listener) {
			listener.stopping(event.getConsumer());
			if (properties.getTopicPartitions() != null) {
				listener.onPartitionsRevokedBeforeCommit(event.getConsumer(), event.getConsumer().assignment());
			}
		}
	}

}
