package dev.millrace.config;

import java.util.concurrent.atomic.AtomicInteger;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Container of a subscriber. It may have a companion, which does what it does: whoever
 * starts, pauses or stops a subscriber means its retries too.
 */
final class SubscriberContainer extends ConcurrentMessageListenerContainer<Object, Object> {

	private static final Log logger = LogFactory.getLog(SubscriberContainer.class);

	private @Nullable MessageListenerContainer companion;

	SubscriberContainer(ConsumerFactory<? super Object, ? super Object> consumerFactory,
			ContainerProperties properties) {
		super(consumerFactory, properties);
	}

	void accompaniedBy(MessageListenerContainer companion) {
		this.companion = companion;
	}

	@Override
	protected void doStart() {
		super.doStart();
		logger.info("Subscriber '%s' has started in group '%s'".formatted(getListenerId(), getGroupId()));
		if (this.companion != null) {
			this.companion.start();
		}
	}

	@Override
	protected void doStop(Runnable callback, boolean normal) {
		if (this.companion == null || !isRunning()) {
			super.doStop(callback, normal);
			return;
		}
		AtomicInteger running = new AtomicInteger(2);
		Runnable stopped = () -> {
			if (running.decrementAndGet() == 0) {
				callback.run();
			}
		};
		super.doStop(stopped, normal);
		this.companion.stop(stopped);
	}

	private void log(boolean changed, String change) {
		if (changed) {
			logger.info("Subscriber '%s' is %s".formatted(getListenerId(), change));
		}
	}

	@Override
	public void pause() {
		log(!isPauseRequested(), "paused");
		super.pause();
		if (this.companion != null) {
			this.companion.pause();
		}
	}

	@Override
	public void resume() {
		log(isPauseRequested(), "resumed");
		super.resume();
		if (this.companion != null) {
			this.companion.resume();
		}
	}

}
