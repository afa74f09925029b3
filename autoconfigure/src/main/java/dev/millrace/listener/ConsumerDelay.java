package dev.millrace.listener;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.dispatch.Timer;

/**
 * Has a consumer poll for a while without receiving anything, so that it stays in its
 * group. Only the consumer's thread calls.
 */
final class ConsumerDelay {

	private final Set<TopicPartition> paused = new HashSet<>();

	private final Consumer<?, ?> consumer;

	private final OwnedPartitions owned;

	private final MessageListenerContainer container;

	private final Timer timer;

	private long untilNanos;

	ConsumerDelay(Consumer<?, ?> consumer, OwnedPartitions owned, MessageListenerContainer container, Timer timer) {
		this.consumer = consumer;
		this.owned = owned;
		this.container = container;
		this.timer = timer;
		this.untilNanos = timer.nanoTime();
	}

	void begin(Duration delay) {
		this.untilNanos = this.timer.nanoTime() + delay.toNanos();
		// Each poll looks at the time, but who lets it pass must know what is waited for.
		this.timer.schedule(delay.toNanos(), () -> {
		});
	}

	boolean isOver() {
		return this.timer.nanoTime() - this.untilNanos >= 0;
	}

	/**
	 * Pause or resume, before each poll.
	 * @param hold whether to pause in any case
	 */
	void apply(boolean hold) {
		if (hold || !isOver()) {
			// Whoever has paused others resumes them.
			Set<TopicPartition> running = this.owned.get();
			running.removeAll(this.consumer.paused());
			this.consumer.pause(running);
			this.paused.addAll(running);
		}
		else if (!this.paused.isEmpty()) {
			this.paused.retainAll(this.owned.get());
			if (!this.container.isPauseRequested()) {
				this.consumer.resume(this.paused);
				this.paused.clear();
			}
		}
	}

}
