package dev.millrace.guarantee;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.adapter.ConsumerRecordMetadata;

import dev.millrace.annotation.Key;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Handler that keeps a log, with what its application owns.
 */
@Import(Positions.class)
class Recorder implements ConsumerAwareRebalanceListener {

	private final Map<TopicPartition, Long> epochs = new ConcurrentHashMap<>();

	private final HandlingLog log;

	private final String instance;

	Recorder(HandlingLog log, @Value("${instance}") String instance) {
		this.log = log;
		this.instance = instance;
	}

	@StreamSubscriber(topics = "${in}", id = "recorder")
	void handle(int seq, @Key String key, ConsumerRecordMetadata metadata) throws InterruptedException {
		TopicPartition partition = new TopicPartition(metadata.topic(), metadata.partition());
		this.log.handle(new Handling(this.instance, epoch(partition), partition, metadata.offset(), key, seq,
				System.nanoTime(), Handling.RUNNING));
	}

	@Override
	public void onPartitionsAssigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		long now = System.nanoTime();
		partitions.forEach((partition) -> this.epochs.put(partition, now));
	}

	@Override
	public void onPartitionsRevokedAfterCommit(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.epochs.keySet().removeAll(partitions);
	}

	@Override
	public void onPartitionsLost(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
		this.epochs.keySet().removeAll(partitions);
	}

	Collection<TopicPartition> owned() {
		return this.epochs.keySet();
	}

	long epoch(TopicPartition partition) {
		return this.epochs.getOrDefault(partition, Handling.UNOWNED);
	}

}
