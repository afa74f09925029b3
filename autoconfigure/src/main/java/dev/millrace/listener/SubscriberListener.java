package dev.millrace.listener;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.support.Acknowledgment;

import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Seam between spring-kafka's container and the engine. The container polls, rebalances
 * and stops; it never commits, because its acknowledgment is never touched. All consumers
 * of a subscriber share this object, and each has a session of its own.
 */
public final class SubscriberListener implements BatchAcknowledgingConsumerAwareMessageListener<byte[], byte[]>,
		BatchInterceptor<byte[], byte[]>, ConsumerAwareRebalanceListener {

	private final Map<Consumer<?, ?>, ConsumerSession> sessions = new ConcurrentHashMap<>();

	private final SubscriberEndpoint endpoint;

	private final Lanes lanes;

	private final RecordHandler handler;

	private final BooleanSupplier pausedByUser;

	/**
	 * Create the listener of a subscriber.
	 * @param endpoint the subscriber
	 * @param lanes its lanes
	 * @param handler handles each record
	 * @param pausedByUser whether the application has paused the container, so that
	 * nothing may be resumed
	 */
	public SubscriberListener(SubscriberEndpoint endpoint, Lanes lanes, RecordHandler handler,
			BooleanSupplier pausedByUser) {
		this.endpoint = endpoint;
		this.lanes = lanes;
		this.handler = handler;
		this.pausedByUser = pausedByUser;
	}

	@Override
	public boolean wantsPollResult() {
		return true;
	}

	@Override
	public void onMessage(ConsumerRecords<byte[], byte[]> records, @Nullable Acknowledgment acknowledgment,
			Consumer<byte[], byte[]> consumer) {
		session(consumer).polled(records);
	}

	@Override
	public void onMessage(List<ConsumerRecord<byte[], byte[]>> records, @Nullable Acknowledgment acknowledgment,
			@Nullable Consumer<?, ?> consumer) {
		throw new IllegalStateException("The container must hand over the result of the poll");
	}

	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		session(consumer).beforePoll();
	}

	@Override
	public void clearThreadState(Consumer<?, ?> consumer) {
		session(consumer).afterPoll();
		forgetDisposable(consumer);
	}

	@Override
	public ConsumerRecords<byte[], byte[]> intercept(ConsumerRecords<byte[], byte[]> records,
			Consumer<byte[], byte[]> consumer) {
		return records;
	}

	@Override
	public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		session(consumer).revoked(partitions);
		forgetDisposable(consumer);
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		session(consumer).lost(partitions);
		forgetDisposable(consumer);
	}

	private ConsumerSession session(Consumer<?, ?> consumer) {
		ConsumerSession session = this.sessions.get(consumer);
		return (session != null) ? session : this.sessions.computeIfAbsent(consumer, this::newSession);
	}

	// Consumers come and go with each start of the container; don't keep them.
	private void forgetDisposable(Consumer<?, ?> consumer) {
		if (session(consumer).isDisposable()) {
			this.sessions.remove(consumer);
		}
	}

	private ConsumerSession newSession(Consumer<?, ?> consumer) {
		return new ConsumerSession(this.endpoint, consumer, this.lanes, this.handler, this.pausedByUser);
	}

}
