package dev.millrace.listener;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Has a consumer poll for a while without receiving anything, so that it stays in its
 * group. Only the consumer's thread calls.
 */
final class ConsumerDelay {

	private final Set<TopicPartition> paused = new HashSet<>();

	private final Consumer<?, ?> consumer;

	private final MessageListenerContainer container;

	private long untilNanos = System.nanoTime();

	ConsumerDelay(Consumer<?, ?> consumer, MessageListenerContainer container) {
		this.consumer = consumer;
		this.container = container;
	}

	void begin(Duration delay) {
		this.untilNanos = System.nanoTime() + delay.toNanos();
	}

	boolean isOver() {
		return System.nanoTime() - this.untilNanos >= 0;
	}

	/**
	 * Pause or resume, before each poll.
	 * @param hold whether to pause in any case
	 */
	void apply(boolean hold) {
		if (hold || !isOver()) {
			Set<TopicPartition> assigned = this.consumer.assignment();
			this.consumer.pause(assigned);
			this.paused.addAll(assigned);
		}
		else if (!this.paused.isEmpty()) {
			this.paused.retainAll(this.consumer.assignment());
			this.paused.removeIf(this.container::isPartitionPauseRequested);
			if (!this.container.isPauseRequested()) {
				this.consumer.resume(this.paused);
			}
			this.paused.clear();
		}
	}

}
