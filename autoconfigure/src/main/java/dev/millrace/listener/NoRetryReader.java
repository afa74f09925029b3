package dev.millrace.listener;

import java.util.Collection;
import java.util.List;

import org.apache.kafka.common.TopicPartition;

import dev.millrace.dispatch.Assignment;

/**
 * Reads nothing.
 */
final class NoRetryReader implements RetryReader {

	static final NoRetryReader INSTANCE = new NoRetryReader();

	private NoRetryReader() {
	}

	@Override
	public void assigned(Collection<TopicPartition> partitions) {
	}

	@Override
	public void read(Assignment assignment, Collection<TopicPartition> owned, boolean pause) {
	}

	@Override
	public Collection<TopicPartition> held() {
		return List.of();
	}

	@Override
	public Collection<TopicPartition> of(Collection<TopicPartition> partitions) {
		return List.of();
	}

	@Override
	public void revoked(Collection<TopicPartition> partitions) {
	}

	@Override
	public boolean isEmpty() {
		return true;
	}

}
