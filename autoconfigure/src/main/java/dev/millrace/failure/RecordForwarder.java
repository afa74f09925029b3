package dev.millrace.failure;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.ForwardObserver;
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

	private final ForwardObserver observer;

	/**
	 * Create a forwarder.
	 * @param topics knows the topics
	 * @param sender sends records
	 * @param threads threads that may wait for the sender
	 * @param observer watches over it
	 */
	RecordForwarder(DerivedTopics topics, RecordSender sender, Executor threads, ForwardObserver observer) {
		this.topics = topics;
		this.sender = sender;
		this.turns = new Turns(threads);
		this.observer = observer;
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
		RecordHeaders all = new RecordHeaders(record.headers());
		Confirmation observed = this.observer.forwarding(record, topic.name(), all, confirmed);
		// Not on the thread that reports a failure: it may be the producer's own, which
		// would wait for itself when it has to find out about the topic first.
		this.turns.take(this.topics.partitions(topic), (partitions, problem) -> {
			if (partitions == null) {
				observed.completed(List.of(), FailureHandler.cause(Objects.requireNonNull(problem)));
				return;
			}
			ProducerRecord<byte[], byte[]> forwarded;
			try {
				Integer partition = (record.partition() < partitions) ? record.partition() : null;
				headers.accept(all);
				forwarded = new ProducerRecord<>(topic.name(), partition, timestamp, record.key(), record.value(), all);
			}
			catch (RuntimeException ex) {
				observed.completed(List.of(), ex);
				return;
			}
			send(forwarded, observed);
		});
	}

	private void send(ProducerRecord<byte[], byte[]> forwarded, Confirmation confirmed) {
		this.sender.send(List.of(forwarded), new Confirmation() {

			@Override
			public void completed(List<ProducerRecord<byte[], byte[]>> unsent, @Nullable Throwable problem) {
				if (problem != null) {
					RecordForwarder.this.topics.forget(forwarded.topic());
				}
				confirmed.completed(unsent, problem);
			}

			@Override
			public void confirmed(ProducerRecord<byte[], byte[]> record, RecordMetadata metadata) {
				confirmed.confirmed(record, metadata);
			}

			@Override
			public void abandoned(Throwable failure) {
				confirmed.abandoned(failure);
			}

		});
	}

}
