package dev.millrace.failure;

import java.util.concurrent.Executor;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import dev.millrace.DeadLetterHeaders;
import dev.millrace.endpoint.DeadLetterSettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.ForwardObserver;
import dev.millrace.publisher.RecordSender;

/**
 * Writes the dead letters of one subscriber: key, value and headers as they came, into
 * the same partition as far as there is one.
 */
public final class DeadLetterPublisher {

	private final DeadLetterSettings settings;

	private final OriginHeaders origin;

	private final RecordForwarder forwarder;

	/**
	 * Create the publisher of a subscriber.
	 * @param endpoint the subscriber
	 * @param topics knows the topics
	 * @param sender sends records
	 * @param threads threads that may wait for the sender
	 * @param observer watches over it
	 */
	public DeadLetterPublisher(SubscriberEndpoint endpoint, DerivedTopics topics, RecordSender sender, Executor threads,
			ForwardObserver observer) {
		this.settings = endpoint.delivery().deadLetter();
		this.origin = (this.settings.headers() == DeadLetterHeaders.SPRING) ? new SpringOriginHeaders(endpoint)
				: new TextOriginHeaders(endpoint);
		this.forwarder = new RecordForwarder(topics, sender, threads, observer);
	}

	void publish(ConsumerRecord<byte[], byte[]> record, Throwable failure, int attempts, Confirmation confirmed) {
		DerivedTopic topic = DerivedTopic.ofDeadLetters(this.settings.topicFor(record.topic()), record.topic());
		this.forwarder.forward(record, topic, null, (headers) -> this.origin.add(headers, record, failure, attempts),
				confirmed);
	}

}
