package dev.millrace.config;

import java.util.Collection;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;

/**
 * Tells the engine and the application's listener about rebalances: the engine first, so
 * that everything is drained and committed when the application hears of a revocation.
 */
final class RebalanceListeners implements ConsumerAwareRebalanceListener {

	private final ConsumerAwareRebalanceListener engine;

	private final ConsumerAwareRebalanceListener application;

	private RebalanceListeners(ConsumerAwareRebalanceListener engine, ConsumerAwareRebalanceListener application) {
		this.engine = engine;
		this.application = application;
	}

	static ConsumerAwareRebalanceListener both(ConsumerAwareRebalanceListener engine,
			@Nullable ConsumerRebalanceListener application) {
		if (application == null) {
			return engine;
		}
		return new RebalanceListeners(engine, (application instanceof ConsumerAwareRebalanceListener aware) ? aware
				: new ConsumerUnaware(application));
	}

	@Override
	public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.engine.onPartitionsRevokedBeforeCommit(consumer, partitions);
		this.application.onPartitionsRevokedBeforeCommit(consumer, partitions);
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.engine.onPartitionsRevokedAfterCommit(consumer, partitions);
		this.application.onPartitionsRevokedAfterCommit(consumer, partitions);
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.engine.onPartitionsAssigned(consumer, partitions);
		this.application.onPartitionsAssigned(consumer, partitions);
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.engine.onPartitionsLost(consumer, partitions);
		this.application.onPartitionsLost(consumer, partitions);
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
