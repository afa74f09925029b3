package dev.millrace.config;

import org.springframework.context.ApplicationListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.event.ConsumerStoppingEvent;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.listener.EngineListener;

/**
 * Tells, before anybody else hears of it, a subscriber that one of its consumers stops.
 * One with partitions of its own drains and commits then: no rebalance has it do so,
 * because there is none.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
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
