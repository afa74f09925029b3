package dev.millrace.test.broker;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.FenceProducersResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ListTransactionsResult;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.admin.internals.CoordinatorKey;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.apache.kafka.common.utils.ProducerIdAndEpoch;

import dev.millrace.test.broker.TransactionCoordinator.ProducerIdentity;

/**
 * The methods of an admin client that are about transactions.
 */
final class TransactionAdmin {

	private final BrokerState broker;

	private final AdminReplies replies;

	TransactionAdmin(BrokerState broker, AdminReplies replies) {
		this.broker = broker;
		this.replies = replies;
	}

	// Those that are open: nothing is remembered of others.
	ListTransactionsResult listTransactions(ListTransactionsOptions options) {
		return this.replies.result(ListTransactionsResult.class, this.replies.future(() -> {
			KafkaFutureImpl<Collection<TransactionListing>> listings = new KafkaFutureImpl<>();
			listings.complete(this.broker.transactions()
				.open()
				.stream()
				.map((open) -> new TransactionListing(open.transactionalId(), open.producerId(),
						TransactionState.ONGOING))
				.toList());
			return Map.of(TopicStore.NODE.id(), listings);
		}));
	}

	FenceProducersResult fenceProducers(Collection<String> transactionalIds, FenceProducersOptions options) {
		Map<CoordinatorKey, KafkaFuture<ProducerIdAndEpoch>> fenced = new HashMap<>();
		transactionalIds.forEach((id) -> fenced.put(CoordinatorKey.byTransactionalId(id), this.replies.future(() -> {
			ProducerIdentity producer = this.broker.transactions().initialize(id);
			this.broker.wakeConsumers();
			return new ProducerIdAndEpoch(producer.producerId(), (short) producer.epoch());
		})));
		return this.replies.result(FenceProducersResult.class, fenced);
	}

}
