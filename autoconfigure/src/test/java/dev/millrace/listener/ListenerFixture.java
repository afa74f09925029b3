package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.Ordering;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Timer;
import dev.millrace.endpoint.FlowSettings;
import dev.millrace.support.TestEndpoint;

import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

/**
 * An application with one subscriber and one consumer. The test is the container: it says
 * when a poll happens, when handlers get their threads and when they end.
 */
final class ListenerFixture {

	static final int MAX_POLL_RECORDS = 50;

	final BrokerConsumer consumer;

	/** Records whose handler was called, in the order of the calls. */
	final List<ConsumerRecord<byte[], byte[]>> handled = new ArrayList<>();

	/** Handlers that have been called and have not come to an end. */
	final Map<InFlightRecord, CompletableFuture<Void>> running = new HashMap<>();

	final Queue<Runnable> threads = new ArrayDeque<>();

	private final BrokerModel broker;

	private final SubscriberListener listener;

	/** Whether the container has been told to stop, and not to start again. */
	boolean stopping;

	/** Whether the container has been told to pause. */
	boolean pauseRequested;

	private boolean finishing;

	ListenerFixture(BrokerModel broker, FlowSettings flow) {
		this(broker, flow, Timer.SYSTEM);
	}

	ListenerFixture(BrokerModel broker, FlowSettings flow, Timer timer) {
		this(broker, flow, timer, RetryReaders.NONE);
	}

	ListenerFixture(BrokerModel broker, FlowSettings flow, Timer timer, RetryReaders readers) {
		MessageListenerContainer container = mock(MessageListenerContainer.class, withSettings().stubOnly());
		given(container.isRunning()).willAnswer((call) -> !this.stopping);
		given(container.isPauseRequested()).willAnswer((call) -> this.pauseRequested);
		this.broker = broker;
		this.consumer = new BrokerConsumer(broker, MAX_POLL_RECORDS);
		this.listener = new SubscriberListener(
				TestEndpoint.of(flow), new SubscriberRuntime(TestEndpoint.of(flow), null,
						LaneSelector.of(flow.ordering()), this.threads::add, timer, Surroundings.NONE),
				this::handle, readers, container);
	}

	static FlowSettings flow(Ordering ordering, int concurrency, int high, int low) {
		return new FlowSettings(ordering, concurrency, null, high, low, false, Duration.ZERO, Duration.ofMinutes(5),
				Duration.ofSeconds(20), null);
	}

	private CompletionStage<?> handle(InFlightRecord record) {
		this.handled.add(record.record());
		if (this.finishing) {
			record.finish();
			return null;
		}
		CompletableFuture<Void> stage = new CompletableFuture<>();
		this.running.put(record, stage);
		return stage;
	}

	/** Let each handler end at once from here on. */
	ListenerFixture finishing() {
		this.finishing = true;
		return this;
	}

	void send(TopicPartition partition, int count) {
		for (int i = 0; i < count; i++) {
			this.consumer.addRecord(this.broker.send(partition, null));
		}
	}

	/** What comes before a poll, the answers to which are still on their way. */
	void beforePoll() {
		this.listener.setupThreadState(this.consumer);
	}

	/** One round of the container's loop. */
	void poll() {
		this.listener.setupThreadState(this.consumer);
		try {
			ConsumerRecords<byte[], byte[]> records = this.consumer.poll(Duration.ZERO);
			if (!records.isEmpty()) {
				this.listener.onMessage(records, null, this.consumer);
			}
		}
		catch (WakeupException ex) {
			// As in the container: the next round begins.
		}
		finally {
			this.listener.clearThreadState(this.consumer);
		}
	}

	/**
	 * The round in which the consumer gets its partitions, and records of them at once.
	 */
	void pollThatAssigns() {
		this.listener.setupThreadState(this.consumer);
		this.listener.onPartitionsAssigned(this.consumer, BrokerModel.PARTITIONS);
		this.listener.onMessage(this.consumer.poll(Duration.ZERO), null, this.consumer);
		this.listener.clearThreadState(this.consumer);
	}

	CompletionStage<Void> seek(TopicPartition partition, long offset) {
		Seek seek = new Seek(List.of(partition), (consumer, partitions) -> Map.of(partition, offset));
		this.listener.seek(seek);
		return seek.done();
	}

	/** Report partitions as assigned, whatever the consumer has by now. */
	void assigned(TopicPartition... partitions) {
		this.listener.onPartitionsAssigned(this.consumer, List.of(partitions));
	}

	/** Give a partition up, which the consumer still has for a moment. */
	void giveUp(TopicPartition partition) {
		this.listener.onPartitionsRevokedBeforeCommit(this.consumer, List.of(partition));
	}

	/** Give all partitions up, as a stop does. */
	void revoke() {
		this.listener.onPartitionsRevokedBeforeCommit(this.consumer, BrokerModel.PARTITIONS);
	}

	/** Lose a partition in a poll that still hands out records of it. */
	void losePartition(TopicPartition lost) {
		ConsumerRecords<byte[], byte[]> records = this.consumer.poll(Duration.ZERO);
		this.listener.onPartitionsLost(this.consumer, List.of(lost));
		this.consumer.rebalance(BrokerModel.PARTITIONS.stream().filter((kept) -> !kept.equals(lost)).toList());
		this.listener.onMessage(records, null, this.consumer);
	}

	/** Give the handlers their threads. */
	void run() {
		for (Runnable task = this.threads.poll(); task != null; task = this.threads.poll()) {
			task.run();
		}
	}

	/** Poll, handle and commit until nothing is left. */
	void runToTheEnd() {
		do {
			poll();
			run();
		}
		while (!this.broker.uncommitted().isEmpty());
	}

	void finish(InFlightRecord record) {
		record.finish();
		this.running.remove(record).complete(null);
	}

	InFlightRecord running(long offset) {
		return this.running.keySet()
			.stream()
			.filter((record) -> record.record().offset() == offset)
			.findFirst()
			.orElseThrow();
	}

	List<String> handledCoordinates() {
		return this.handled.stream().map(BrokerModel::coordinates).toList();
	}

}
