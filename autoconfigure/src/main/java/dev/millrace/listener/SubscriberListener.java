package dev.millrace.listener;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Takes over what was polled and returns at once: offsets are committed when records are
 * finished. Each consumer has a session of its own.
 */
public final class SubscriberListener implements EngineListener {

	private static final Log logger = LogFactory.getLog(SubscriberListener.class);

	private final Map<Consumer<?, ?>, ConsumerSession> sessions = new ConcurrentHashMap<>();

	private final SubscriberRuntime runtime;

	private final SubscriberEndpoint endpoint;

	private final RecordHandler handler;

	private final RetryReaders readers;

	private final MessageListenerContainer container;

	private final Seeks seeks = new Seeks();

	private volatile ShutdownReport stopping = new ShutdownReport();

	/**
	 * Create the listener of a subscriber.
	 * @param endpoint what its container reads
	 * @param runtime what all consumers of the subscriber share
	 * @param handler handles each record
	 * @param readers what each consumer reads beside its partitions
	 * @param container the container whose listener this is
	 */
	public SubscriberListener(SubscriberEndpoint endpoint, SubscriberRuntime runtime, RecordHandler handler,
			RetryReaders readers, MessageListenerContainer container) {
		this.runtime = runtime;
		this.endpoint = endpoint;
		this.handler = handler;
		this.readers = readers;
		this.container = container;
	}

	@Override
	public void onMessage(ConsumerRecords<byte[], byte[]> records, @Nullable Acknowledgment acknowledgment,
			Consumer<byte[], byte[]> consumer) {
		session(consumer).polled(records);
	}

	@Override
	public void setupThreadState(Consumer<?, ?> consumer) {
		this.seeks.run(consumer, (partitions) -> session(consumer).restart(partitions));
		session(consumer).beforePoll();
	}

	@Override
	public void clearThreadState(Consumer<?, ?> consumer) {
		session(consumer).afterPoll();
		forgetDisposable(consumer);
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		if (!partitions.isEmpty()) {
			logger.info(this.endpoint.describe() + " was assigned " + partitions);
		}
		session(consumer).assigned(partitions);
		forgetDisposable(consumer);
	}

	@Override
	public void onPartitionsRevokedBeforeCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		giveUp(consumer, partitions, ConsumerSession::revoked);
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		giveUp(consumer, partitions, ConsumerSession::lost);
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
		log(this.endpoint.describe() + " has stopped", report);
	}

	private void giveUp(Consumer<?, ?> consumer, Collection<TopicPartition> partitions, Drain drain) {
		try {
			if (!this.container.isRunning()) {
				drain.giveUp(session(consumer), partitions, this.stopping);
			}
			else if (!partitions.isEmpty()) {
				ShutdownReport report = new ShutdownReport();
				drain.giveUp(session(consumer), partitions, report);
				log(this.endpoint.describe() + " has given up " + partitions, report);
			}
		}
		finally {
			// Those too that were ordered meanwhile.
			this.seeks.givenUp(partitions);
		}
		forgetDisposable(consumer);
	}

	private static void log(String what, ShutdownReport report) {
		if (report.isClean()) {
			logger.info(what + ": " + report);
		}
		else {
			logger.warn(what + ", but records were still running: " + report);
		}
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
		return new ConsumerSession(this.endpoint, this.runtime, consumer, this.handler, this.readers, this.container);
	}

	/**
	 * How a session gives partitions up.
	 */
	@FunctionalInterface
	private interface Drain {

		void giveUp(ConsumerSession session, Collection<TopicPartition> partitions, ShutdownReport report);

	}

}
