package dev.millrace.listener;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

import dev.millrace.publisher.TransactionalProducer;

/**
 * Handles what a poll brings in one transaction, and returns when that is over. Each
 * consumer has a session of its own, with a producer of its own.
 */
public final class TransactionalListener implements EngineListener {

	private static final Log logger = LogFactory.getLog(TransactionalListener.class);

	private final Map<Consumer<?, ?>, TransactionalSession> sessions = new ConcurrentHashMap<>();

	private final SubscriberRuntime runtime;

	private final Processors processors;

	private final IntFunction<TransactionalProducer> producers;

	private final Duration time;

	private final MessageListenerContainer container;

	private final Seeks seeks = new Seeks();

	private volatile ShutdownReport stopping = new ShutdownReport();

	/**
	 * Create the listener of a subscriber.
	 * @param runtime what its consumers share
	 * @param processors make the processors of its records
	 * @param producers make the producer of a consumer, by its number from 0
	 * @param time how long records may take until their transaction is aborted
	 * @param container the container whose listener this is
	 */
	public TransactionalListener(SubscriberRuntime runtime, Processors processors,
			IntFunction<TransactionalProducer> producers, Duration time, MessageListenerContainer container) {
		this.runtime = runtime;
		this.processors = processors;
		this.producers = producers;
		this.time = time;
		this.container = container;
	}

	@Override
	public void onMessage(ConsumerRecords<byte[], byte[]> records, @Nullable Acknowledgment acknowledgment,
			Consumer<byte[], byte[]> consumer) {
		session(consumer).polled(records, this.stopping);
	}

	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		this.seeks.run(consumer, (partitions) -> session(consumer).forget(partitions));
		session(consumer).beforePoll();
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		log("was assigned", partitions);
		session(consumer).assigned(partitions);
	}

	@Override
	public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		giveUp(consumer, partitions);
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		giveUp(consumer, partitions);
	}

	@Override
	public void seek(Seek seek) {
		this.seeks.add(seek);
	}

	@Override
	public void stopping(Consumer<?, ?> consumer) {
		this.runtime.polls().forget(consumer);
	}

	@Override
	public void reportStop() {
		ShutdownReport report = this.stopping;
		this.stopping = new ShutdownReport();
		// To close them takes time, in which the container may have been started again.
		List<TransactionalSession> stopped = List.copyOf(this.sessions.values());
		this.sessions.values().removeAll(stopped);
		stopped.forEach(TransactionalSession::close);
		String message = this.runtime.endpoint().describe() + " has stopped: " + report;
		if (report.isClean()) {
			logger.info(message);
		}
		else {
			logger.warn(message);
		}
	}

	private void giveUp(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		try {
			session(consumer).revoked(partitions);
		}
		finally {
			// Those too that were ordered meanwhile.
			this.seeks.givenUp(partitions);
		}
		if (this.container.isRunning()) {
			log("has given up", partitions);
		}
	}

	private void log(String what, Collection<TopicPartition> partitions) {
		if (!partitions.isEmpty()) {
			logger.info(this.runtime.endpoint().describe() + " " + what + " " + partitions);
		}
	}

	private TransactionalSession session(Consumer<?, ?> consumer) {
		TransactionalSession session = this.sessions.get(consumer);
		return (session != null) ? session : newSession(consumer);
	}

	// Numbers are used again after a stop, so that a transaction that was left open is
	// ended by the next producer with its id.
	private synchronized TransactionalSession newSession(Consumer<?, ?> consumer) {
		int number = this.sessions.size();
		TransactionalSession session = new TransactionalSession(this.runtime, this.processors,
				() -> this.producers.apply(number), consumer, this.container, this.time);
		this.sessions.put(consumer, session);
		return session;
	}

}
