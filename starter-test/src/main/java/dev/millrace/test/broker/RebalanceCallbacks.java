package dev.millrace.test.broker;

import java.util.Collection;
import java.util.Comparator;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Tells the application's listener about a rebalance. A failure of the listener does not
 * end the rebalance: the first one is thrown by the poll when the rebalance is through.
 */
final class RebalanceCallbacks {

	private static final Comparator<TopicPartition> ORDER = Comparator.comparing(TopicPartition::topic)
		.thenComparing(TopicPartition::partition);

	private final SubscriptionState subscriptions;

	private @Nullable Exception failure;

	RebalanceCallbacks(SubscriptionState subscriptions) {
		this.subscriptions = subscriptions;
	}

	void revoked(Collection<TopicPartition> partitions) {
		call(ConsumerRebalanceListener::onPartitionsRevoked, partitions);
	}

	void lost(Collection<TopicPartition> partitions) {
		call(ConsumerRebalanceListener::onPartitionsLost, partitions);
	}

	void assigned(Collection<TopicPartition> partitions) {
		call(ConsumerRebalanceListener::onPartitionsAssigned, partitions);
	}

	void throwFailure() {
		Exception thrown = this.failure;
		this.failure = null;
		if (thrown instanceof KafkaException kafkaException) {
			throw kafkaException;
		}
		if (thrown != null) {
			throw new KafkaException("User rebalance callback throws an error", thrown);
		}
	}

	private void call(BiConsumer<ConsumerRebalanceListener, Collection<TopicPartition>> method,
			Collection<TopicPartition> partitions) {
		Set<TopicPartition> sorted = new TreeSet<>(ORDER);
		sorted.addAll(partitions);
		try {
			this.subscriptions.rebalanceListener().ifPresent((listener) -> method.accept(listener, sorted));
		}
		catch (WakeupException | InterruptException ex) {
			throw ex;
		}
		catch (Exception ex) {
			this.failure = (this.failure != null) ? this.failure : ex;
		}
	}

}
