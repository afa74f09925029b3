package dev.millrace.publisher;

import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.core.ParameterizedTypeReference;

import dev.millrace.PublishResult;
import dev.millrace.StreamOperations;
import dev.millrace.TopicPublisher;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.PublishedTopics;

/**
 * Publishes to whatever target there is at the moment of the call.
 */
final class DefaultStreamOperations implements StreamOperations {

	private final OutgoingRecords records;

	private final PublishedTopics topics;

	private final Supplier<PublishTarget> target;

	DefaultStreamOperations(OutgoingRecords records, PublishedTopics topics, Supplier<PublishTarget> target) {
		this.records = records;
		this.topics = topics;
		this.target = target;
	}

	@Override
	public CompletableFuture<PublishResult> publish(String topic, Object body) {
		PublishTarget target = this.target.get();
		return target.send(this.records.create(topic, Collections.singletonList(body), target.correlationId()).get(0));
	}

	@Override
	public CompletableFuture<List<PublishResult>> publishAll(String topic, Collection<?> bodies) {
		PublishTarget target = this.target.get();
		List<ProducerRecord<byte[], byte[]>> records = this.records.create(topic, bodies, target.correlationId());
		return PublishResults.of(topic, records.stream().map(target::send).toList());
	}

	@Override
	public <T> TopicPublisher<T> publisher(String topic, Class<T> type) {
		return publisher(topic, (Type) type);
	}

	@Override
	public <T> TopicPublisher<T> publisher(String topic, ParameterizedTypeReference<T> type) {
		return publisher(topic, type.getType());
	}

	private <T> TopicPublisher<T> publisher(String topic, Type type) {
		String where = "The publisher of %s to '%s'".formatted(type.getTypeName(), topic);
		this.topics.add(topic, where);
		return new DefaultTopicPublisher<>(topic, new DefaultStreamOperations(
				this.records.ofType(type, BodySettings.NONE, where), this.topics, this.target));
	}

}
