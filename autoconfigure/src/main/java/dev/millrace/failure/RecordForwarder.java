package dev.millrace.failure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.RecordSender;
import dev.millrace.publisher.Turns;

/**
 * Writes records into another topic: key, value and headers as they came, into the same
 * partition as far as there is one.
 */
final class RecordForwarder {

	private final DerivedTopics topics;

	private final RecordSender sender;

	private final Turns turns;

	/**
	 * Create a forwarder.
	 * @param topics knows the topics
	 * @param sender sends records
	 * @param threads threads that may wait for the sender
	 */
	RecordForwarder(DerivedTopics topics, RecordSender sender, Executor threads) {
		this.topics = topics;
		this.sender = sender;
		this.turns = new Turns(threads);
	}

	/**
	 * Write a record, without waiting for the broker. Records are sent in the order of
	 * the calls.
	 * @param record the record
	 * @param topic where to
	 * @param timestamp the timestamp, or {@code null} for the present time
	 * @param headers adds headers
	 * @param confirmed called when the broker has confirmed the record or it has failed
	 */
	void forward(ConsumerRecord<byte[], byte[]> record, DerivedTopic topic, @Nullable Long timestamp,
			Consumer<Headers> headers, Confirmation confirmed) {
		// Not on the thread that reports a failure: it may be the producer's own, which
		// would wait for itself when it has to find out about the topic first.
		this.turns.take(this.topics.partitions(topic), (partitions, problem) -> {
			if (partitions == null) {
				confirmed.completed(List.of(), FailureHandler.cause(Objects.requireNonNull(problem)));
				return;
			}
			ProducerRecord<byte[], byte[]> forwarded;
			try {
				Integer partition = (record.partition() < partitions) ? record.partition() : null;
				RecordHeaders all = new RecordHeaders(record.headers());
				headers.accept(all);
				forwarded = new ProducerRecord<>(topic.name(), partition, timestamp, record.key(), record.value(), all);
			}
			catch (RuntimeException ex) {
				confirmed.completed(List.of(), ex);
				return;
			}
			send(forwarded, confirmed);
		});
	}

	private void send(ProducerRecord<byte[], byte[]> forwarded, Confirmation confirmed) {
		this.sender.send(List.of(forwarded), (unsent, problem) -> {
			if (problem != null) {
				this.topics.forget(forwarded.topic());
			}
			confirmed.completed(unsent, problem);
		});
	}

}
