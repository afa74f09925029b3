package dev.millrace.guarantee;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

import org.apache.kafka.common.TopicPartition;

/**
 * Holds handlers until the test lets them go on, for each application and partition
 * apart.
 */
final class Gates {

	private static final int ALL = 1_000_000;

	private final Map<String, Semaphore> permits = new ConcurrentHashMap<>();

	private volatile boolean open;

	void pass(Handling handling) throws InterruptedException {
		if (!this.open) {
			gate(handling.instance(), handling.partition()).acquire();
		}
	}

	void pass(String instance, TopicPartition partition, int records) {
		gate(instance, partition).release(records);
	}

	void pass(String instance, Collection<TopicPartition> partitions, int records) {
		partitions.forEach((partition) -> pass(instance, partition, records));
	}

	void open() {
		this.open = true;
		this.permits.values().forEach((gate) -> gate.release(ALL));
	}

	private Semaphore gate(String instance, TopicPartition partition) {
		return this.permits.computeIfAbsent(instance + "/" + partition, (name) -> new Semaphore(this.open ? ALL : 0));
	}

}
