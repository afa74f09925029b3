package dev.millrace.listener;

import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.springframework.kafka.listener.BatchInterceptor;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Reports, once, that consumers of a subscriber have no partition. Only when that lasts:
 * in a rebalance, and while a group comes together, it is as it should be. All consumers
 * of the subscriber share one, each calls it on its own thread.
 */
public final class IdleConsumerWatch implements BatchInterceptor<byte[], byte[]> {

	private static final Log logger = LogFactory.getLog(IdleConsumerWatch.class);

	private static final Duration LIMIT = Duration.ofSeconds(30);

	/** Since when, of those that have none. Consumers come and go with each start. */
	private final Map<Consumer<?, ?>, Long> idle = new WeakHashMap<>();

	private final SubscriberEndpoint endpoint;

	private final long limitNanos;

	private boolean reported;

	/**
	 * Create a watch.
	 * @param endpoint what the consumers read
	 */
	public IdleConsumerWatch(SubscriberEndpoint endpoint) {
		this.endpoint = endpoint;
		Duration stallTimeout = endpoint.flow().stallTimeout();
		this.limitNanos = ((stallTimeout.compareTo(LIMIT) < 0) ? stallTimeout : LIMIT).toNanos();
	}

	@Override
	public ConsumerRecords<byte[], byte[]> intercept(ConsumerRecords<byte[], byte[]> records,
			Consumer<byte[], byte[]> consumer) {
		return records;
	}

	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		look(consumer, System.nanoTime());
	}

	synchronized void look(Consumer<?, ?> consumer, long now) {
		if (!isIdle(consumer)) {
			if (this.idle.remove(consumer) != null && this.idle.isEmpty()) {
				this.reported = false;
			}
			return;
		}
		Long since = this.idle.putIfAbsent(consumer, now);
		if (since != null && now - since >= this.limitNanos && !this.reported) {
			this.reported = true;
			logger.warn(("%s has consumers without a partition (%d): its group '%s' has more consumers than there are "
					+ "partitions of %s. Records are handled side by side with a single consumer too")
				.formatted(this.endpoint.describe(), this.idle.size(), this.endpoint.consumer().groupId(),
						this.endpoint.subscription()));
		}
	}

	// A pattern that no topic matches yet leaves nothing to be assigned, and who is no
	// member of the group yet has not been passed over.
	private static boolean isIdle(Consumer<?, ?> consumer) {
		return consumer.assignment().isEmpty() && !consumer.subscription().isEmpty()
				&& consumer.groupMetadata().generationId() >= 0;
	}

}
