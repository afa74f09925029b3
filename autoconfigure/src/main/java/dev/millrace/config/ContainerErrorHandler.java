package dev.millrace.config;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.springframework.kafka.listener.CommonContainerStoppingErrorHandler;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.ListenerUtils;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * What a container does with an exception on its own thread. None of them is a handler's:
 * the client's pass with time, so the container goes on polling, but for an offset that
 * does not exist; one while records are taken over must not leave them out, so the
 * container stops.
 */
final class ContainerErrorHandler implements CommonErrorHandler {

	private static final Log logger = LogFactory.getLog(ContainerErrorHandler.class);

	private static final Duration PAUSE = Duration.ofSeconds(1);

	private final CommonErrorHandler stopping = new CommonContainerStoppingErrorHandler();

	private final SubscriberEndpoint endpoint;

	ContainerErrorHandler(SubscriberEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	@Override
	public boolean isAckAfterHandle() {
		return false;
	}

	@Override
	public boolean seeksAfterHandling() {
		return true;
	}

	@Override
	public void handleOtherException(Exception failure, Consumer<?, ?> consumer, MessageListenerContainer container,
			boolean batchListener) {
		if (failure instanceof InvalidOffsetException) {
			// Without a reset policy no poll will succeed until somebody moves the
			// offset.
			logger.error(this.endpoint.describe() + " has no offset to begin at and may not choose one; it stops",
					failure);
			this.stopping.handleOtherException(failure, consumer, container, batchListener);
			return;
		}
		logger.error(this.endpoint.describe() + " could not poll; it goes on trying", failure);
		try {
			// What fails at once would fail thousands of times in a second.
			ListenerUtils.stoppableSleep(container, PAUSE.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void handleBatch(Exception failure, ConsumerRecords<?, ?> records, Consumer<?, ?> consumer,
			MessageListenerContainer container, Runnable invokeListener) {
		logger.error(this.endpoint.describe() + " could not take over polled records; it stops, so that none is missed",
				failure);
		this.stopping.handleBatch(failure, records, consumer, container, invokeListener);
	}

}
