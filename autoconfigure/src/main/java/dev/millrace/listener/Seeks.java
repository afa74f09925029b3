package dev.millrace.listener;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;

/**
 * Seeks that the consumers of a subscriber have not carried out yet. Safe for use by
 * several threads.
 */
final class Seeks {

	private final Queue<Seek> seeks = new ConcurrentLinkedQueue<>();

	void add(Seek seek) {
		this.seeks.add(seek);
	}

	void run(Consumer<?, ?> consumer, java.util.function.Consumer<Collection<TopicPartition>> release) {
		if (this.seeks.isEmpty()) {
			return;
		}
		this.seeks.forEach((seek) -> seek.run(consumer, release));
		this.seeks.removeIf(Seek::isDone);
	}

	void givenUp(Collection<TopicPartition> partitions) {
		this.seeks.forEach((seek) -> seek.givenUp(partitions));
	}

}
