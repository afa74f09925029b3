package dev.millrace.config;

import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ConcurrentContainerStoppedEvent;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.listener.EngineListener;

/**
 * Has a subscriber report when the last of its consumers has stopped.
 */
public final class StopReporter implements ApplicationListener<ConcurrentContainerStoppedEvent> {

	@Override
	public void onApplicationEvent(ConcurrentContainerStoppedEvent event) {
		MessageListenerContainer container = event.getSource(MessageListenerContainer.class);
		if (container.getContainerProperties().getMessageListener() instanceof EngineListener listener) {
			listener.reportStop();
		}
	}

}
