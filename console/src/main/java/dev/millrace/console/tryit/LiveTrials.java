package dev.millrace.console.tryit;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import dev.millrace.PublishResult;
import dev.millrace.PublishSpec;
import dev.millrace.StreamOperations;
import dev.millrace.StreamRecord;
import dev.millrace.console.record.HeaderView;
import dev.millrace.console.record.Payload;
import dev.millrace.console.record.RecordView;
import dev.millrace.console.record.RecordViews;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublishedTopics;

/**
 * Publishes records, to topics that the application reads or publishes to.
 */
final class LiveTrials {

	private final Supplier<StreamOperations> operations;

	private final EndpointRegistry endpoints;

	private final PublishedTopics published;

	/**
	 * Create what publishes.
	 * @param operations publishes; asked for late, because from then on every handler may
	 * publish by it, which costs something
	 * @param endpoints the subscribers
	 * @param published what is published beside their results
	 */
	LiveTrials(Supplier<StreamOperations> operations, EndpointRegistry endpoints, PublishedTopics published) {
		this.operations = operations;
		this.endpoints = endpoints;
		this.published = published;
	}

	/**
	 * Publish.
	 * @param trial the record
	 * @return where it is
	 * @throws Exception why it could not be published
	 */
	TrialResult publish(Trial trial) throws Exception {
		long began = System.nanoTime();
		PublishSpec spec = spec(trial);
		byte[] body = trial.bytes();
		CompletableFuture<PublishResult> sent = (body != null) ? spec.send(body) : spec.sendTombstone();
		PublishResult result = sent.get();
		Payload none = new Payload(Payload.Kind.NONE, null, 0, false);
		RecordView record = new RecordView(result.topic(), result.partition(), result.offset(), Instant.now(), none,
				List.of(), none);
		return new TrialResult(millis(began), null, List.of(), null, List.of(record), null, null, null);
	}

	/**
	 * Publish, and wait for the answer.
	 * @param trial the record
	 * @param timeout how long to wait
	 * @return the answer
	 * @throws Exception why there is none
	 */
	TrialResult request(Trial trial, Duration timeout) throws Exception {
		long began = System.nanoTime();
		byte[] body = trial.bytes();
		if (body == null) {
			throw new IllegalArgumentException("A request needs a body");
		}
		StreamRecord answer = spec(trial).request(body, StreamRecord.class, timeout).get();
		return new TrialResult(millis(began), null, List.of(), null, List.of(), null,
				(answer != null) ? RecordViews.WHOLE.of(answer.source()) : null, null);
	}

	private PublishSpec spec(Trial trial) {
		String topic = trial.requiredTopic();
		if (!isKnown(topic)) {
			throw new IllegalArgumentException(
					"The application neither reads the topic '%s' nor publishes to it".formatted(topic));
		}
		PublishSpec spec = this.operations.get().to(topic);
		if (trial.key() != null) {
			spec.key(trial.key());
		}
		if (trial.partition() != null) {
			spec.partition(trial.partition());
		}
		for (HeaderView header : trial.allHeaders()) {
			spec.header(header.name(), (header.value() != null) ? header.value() : "");
		}
		return spec;
	}

	private boolean isKnown(String topic) {
		return this.published.all().containsKey(topic) || this.endpoints.all()
			.stream()
			.anyMatch((endpoint) -> endpoint.subscription().reads(topic)
					|| endpoint.publishers().stream().anyMatch((publisher) -> publisher.topic().equals(topic)));
	}

	private static long millis(long began) {
		return Duration.ofNanos(System.nanoTime() - began).toMillis();
	}

}
