package dev.millrace.test.broker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.common.TopicPartition;

/**
 * A member of a group that remembers what it was told.
 */
final class GroupTestMember implements ConsumerRebalanceListener, AutoCloseable {

	private final Consumer<byte[], byte[]> consumer;

	private final List<String> events = new ArrayList<>();

	private final Set<TopicPartition> known = new HashSet<>();

	GroupTestMember(Consumer<byte[], byte[]> consumer, String topic) {
		this.consumer = consumer;
		consumer.subscribe(List.of(topic), this);
	}

	@Override
	public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
		note("assigned ", partitions);
		this.known.addAll(partitions);
	}

	@Override
	public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
		note("revoked ", partitions);
		this.known.removeAll(partitions);
	}

	@Override
	public void onPartitionsLost(Collection<TopicPartition> partitions) {
		note("lost ", partitions);
		this.known.removeAll(partitions);
	}

	Consumer<byte[], byte[]> consumer() {
		return this.consumer;
	}

	List<String> events() {
		return this.events;
	}

	// The listener of the newer protocol hears of an assignment a little later.
	boolean owns(int count) {
		return this.consumer.assignment().size() == count && this.known.equals(this.consumer.assignment());
	}

	String owned() {
		return numbers(this.consumer.assignment());
	}

	@Override
	public void close() {
		this.consumer.close(CloseOptions.timeout(Duration.ofSeconds(10)));
	}

	// Whether a listener hears of nothing depends on the number of rounds.
	private void note(String what, Collection<TopicPartition> partitions) {
		if (!partitions.isEmpty()) {
			this.events.add(what + numbers(partitions));
		}
	}

	private static String numbers(Collection<TopicPartition> partitions) {
		Set<Integer> numbers = new TreeSet<>();
		partitions.forEach((partition) -> numbers.add(partition.partition()));
		StringBuilder text = new StringBuilder();
		numbers.forEach(text::append);
		return text.toString();
	}

}
