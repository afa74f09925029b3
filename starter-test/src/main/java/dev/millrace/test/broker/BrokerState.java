package dev.millrace.test.broker;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.common.TopicPartition;

/**
 * What the parts of a broker share. Everything but the lock, the clock and the listeners
 * is guarded by the lock.
 */
final class BrokerState {

	private final BrokerLock lock = new BrokerLock();

	private final Clock clock;

	private final TopicStore topics;

	private final GroupCoordinator groups;

	private final TransactionCoordinator transactions;

	private final BrokerFaults faults = new BrokerFaults(this.lock);

	private final List<RecordListener> listeners = new CopyOnWriteArrayList<>();

	private final List<ConsumerHandle> consumers = new ArrayList<>();

	private final List<SendQueue> producers = new ArrayList<>();

	BrokerState(Clock clock, int defaultPartitions, boolean autoCreateTopics) {
		this.clock = clock;
		this.topics = new TopicStore(defaultPartitions, autoCreateTopics, this::topicsChanged);
		this.groups = new GroupCoordinator(this.topics);
		this.transactions = new TransactionCoordinator(this.topics, this.groups);
	}

	BrokerLock lock() {
		return this.lock;
	}

	Clock clock() {
		return this.clock;
	}

	TopicStore topics() {
		return this.topics;
	}

	GroupCoordinator groups() {
		return this.groups;
	}

	TransactionCoordinator transactions() {
		return this.transactions;
	}

	BrokerFaults faults() {
		return this.faults;
	}

	List<RecordListener> listeners() {
		return this.listeners;
	}

	Collection<ConsumerHandle> consumers() {
		return this.consumers;
	}

	Collection<SendQueue> producers() {
		return this.producers;
	}

	/**
	 * Wake the consumers that read a partition.
	 * @param partition where there is something new
	 */
	void appended(TopicPartition partition) {
		for (ConsumerHandle consumer : this.consumers) {
			if (consumer.reads(partition)) {
				consumer.signal().raise();
			}
		}
	}

	void wakeConsumers() {
		this.consumers.forEach((consumer) -> consumer.signal().raise());
	}

	private void topicsChanged() {
		this.groups.topicsChanged();
		wakeConsumers();
	}

}
