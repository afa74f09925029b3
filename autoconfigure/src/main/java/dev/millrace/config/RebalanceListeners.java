package dev.millrace.config;

import java.util.Collection;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Tells the engine and the application's listener about rebalances: the engine first, so
 * that everything is drained and committed when the application hears of a revocation.
 * When the application's listener fails as partitions go, they go all the same: the
 * container would not close a consumer else that it stops, and the group would keep it.
 * When it fails as partitions come, that is left to the consumer, which calls it again.
 */
final class RebalanceListeners implements ConsumerAwareRebalanceListener {

	private static final Log logger = LogFactory.getLog(RebalanceListeners.class);

	private final ConsumerAwareRebalanceListener engine;

	private final ConsumerAwareRebalanceListener application;

	private final SubscriberEndpoint endpoint;

	private RebalanceListeners(ConsumerAwareRebalanceListener engine, ConsumerAwareRebalanceListener application,
			SubscriberEndpoint endpoint) {
		this.engine = engine;
		this.application = application;
		this.endpoint = endpoint;
	}

	static ConsumerAwareRebalanceListener both(ConsumerAwareRebalanceListener engine,
			@Nullable ConsumerRebalanceListener application, SubscriberEndpoint endpoint) {
		if (application == null) {
			return engine;
		}
		return new RebalanceListeners(engine, (application instanceof ConsumerAwareRebalanceListener aware) ? aware
				: new ConsumerUnaware(application), endpoint);
	}

	@Override
	public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.engine.onPartitionsRevokedBeforeCommit(consumer, partitions);
		tell(() -> this.application.onPartitionsRevokedBeforeCommit(consumer, partitions), partitions);
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.engine.onPartitionsRevokedAfterCommit(consumer, partitions);
		tell(() -> this.application.onPartitionsRevokedAfterCommit(consumer, partitions), partitions);
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.engine.onPartitionsAssigned(consumer, partitions);
		this.application.onPartitionsAssigned(consumer, partitions);
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.engine.onPartitionsLost(consumer, partitions);
		tell(() -> this.application.onPartitionsLost(consumer, partitions), partitions);
	}

	private void tell(Runnable call, Collection<TopicPartition> partitions) {
		try {
			call.run();
		}
		catch (RuntimeException ex) {
			logger.error("%s has given up %s, though its rebalance listener has failed"
				.formatted(this.endpoint.describe(), partitions), ex);
		}
	}

	/**
	 * Listener of Kafka's own kind.
	 *
	 * @param listener the listener
	 */
	private record ConsumerUnaware(ConsumerRebalanceListener listener) implements ConsumerAwareRebalanceListener {

		@Override
		public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
			this.listener.onPartitionsRevoked(partitions);
		}

		@Override
		public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
			this.listener.onPartitionsAssigned(partitions);
		}

		@Override
		public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
			this.listener.onPartitionsLost(partitions);
		}

	}

}
