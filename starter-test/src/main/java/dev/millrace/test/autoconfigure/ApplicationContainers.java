package dev.millrace.test.autoconfigure;

import java.util.List;

import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.test.fault.Crash;

/**
 * The containers of an application.
 *
 * @param registry has them
 * @param subscribers for which most of them are
 */
record ApplicationContainers(KafkaListenerEndpointRegistry registry,
		SubscriberRuntimes subscribers) implements Crash.Containers {

	@Override
	public List<MessageListenerContainer> running() {
		return this.registry.getListenerContainers().stream().filter(MessageListenerContainer::isRunning).toList();
	}

	@Override
	public boolean areIdle() {
		return this.subscribers.runtimes().stream().allMatch((subscriber) -> subscriber.lanes().size() == 0);
	}

}
