package dev.millrace.dispatch;

import java.util.AbstractCollection;
import java.util.Iterator;
import java.util.List;

import org.apache.kafka.common.TopicPartition;

/**
 * Partitions that are given up. The engine closes each when it has got it from here, and
 * other threads go on between one and the next, and before the engine looks what runs.
 */
final class ClosingPartitions extends AbstractCollection<TopicPartition> {

	private final List<PartitionModel> partitions;

	private final Runnable interleave;

	ClosingPartitions(List<PartitionModel> partitions, Runnable interleave) {
		this.partitions = partitions;
		this.interleave = interleave;
	}

	@Override
	public int size() {
		return this.partitions.size();
	}

	@Override
	public Iterator<TopicPartition> iterator() {
		Iterator<PartitionModel> all = this.partitions.iterator();
		return new Iterator<>() {

			@Override
			public boolean hasNext() {
				ClosingPartitions.this.interleave.run();
				return all.hasNext();
			}

			@Override
			public TopicPartition next() {
				PartitionModel partition = all.next();
				if (partition.epoch != null) {
					partition.epoch.closed = true;
				}
				return partition.partition;
			}

		};
	}

}
