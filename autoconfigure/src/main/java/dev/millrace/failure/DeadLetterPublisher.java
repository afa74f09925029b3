package dev.millrace.failure;

import java.util.List;
import java.util.concurrent.CompletionException;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

import dev.millrace.DeadLetterHeaders;
import dev.millrace.endpoint.DeadLetterSettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.RecordSender;

/**
 * Writes the dead letters of one subscriber: key, value and headers as they came, into
 * the same partition as far as there is one.
 */
public final class DeadLetterPublisher {

	private final DeadLetterSettings settings;

	private final OriginHeaders origin;

	private final DeadLetterTopics topics;

	private final RecordSender sender;

	/**
	 * Create the publisher of a subscriber.
	 * @param endpoint the subscriber
	 * @param topics knows the topics
	 * @param sender sends records
	 */
	public DeadLetterPublisher(SubscriberEndpoint endpoint, DeadLetterTopics topics, RecordSender sender) {
		this.settings = endpoint.delivery().deadLetter();
		this.origin = (this.settings.headers() == DeadLetterHeaders.SPRING) ? new SpringOriginHeaders(endpoint)
				: new TextOriginHeaders(endpoint);
		this.topics = topics;
		this.sender = sender;
	}

	void publish(ConsumerRecord<byte[], byte[]> record, Throwable failure, int attempts, Confirmation confirmed) {
		String topic = this.settings.topicFor(record.topic());
		this.topics.partitions(topic, record.topic()).whenComplete((partitions, problem) -> {
			if (problem != null) {
				confirmed.completed(List.of(), cause(problem));
				return;
			}
			ProducerRecord<byte[], byte[]> deadLetter;
			try {
				Integer partition = (record.partition() < partitions) ? record.partition() : null;
				deadLetter = deadLetter(topic, partition, record, failure, attempts);
			}
			catch (RuntimeException ex) {
				confirmed.completed(List.of(), ex);
				return;
			}
			send(deadLetter, confirmed);
		});
	}

	private static Throwable cause(Throwable problem) {
		Throwable cause = problem.getCause();
		return (problem instanceof CompletionException && cause != null) ? cause : problem;
	}

	private void send(ProducerRecord<byte[], byte[]> deadLetter, Confirmation confirmed) {
		this.sender.send(List.of(deadLetter), (unsent, problem) -> {
			if (problem != null) {
				this.topics.forget(deadLetter.topic());
			}
			confirmed.completed(unsent, problem);
		});
	}

	private ProducerRecord<byte[], byte[]> deadLetter(String topic, @Nullable Integer partition,
			ConsumerRecord<byte[], byte[]> record, Throwable failure, int attempts) {
		RecordHeaders headers = new RecordHeaders(record.headers());
		this.origin.add(headers, record, failure, attempts);
		return new ProducerRecord<>(topic, partition, record.key(), record.value(), headers);
	}

}
