package dev.millrace.publisher;

import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;

import dev.millrace.PublishResult;
import dev.millrace.StreamOperations;
import dev.millrace.TopicPublisher;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.BodyType;
import dev.millrace.endpoint.Publication;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.endpoint.PublisherEndpoint;

/**
 * Publishes to whatever target there is at the moment of the call.
 */
final class DefaultStreamOperations implements StreamOperations {

	private final OutgoingRecords records;

	private final PublishedTopics topics;

	private final Requester requester;

	private final Supplier<PublishTarget> target;

	DefaultStreamOperations(OutgoingRecords records, PublishedTopics topics, Requester requester,
			Supplier<PublishTarget> target) {
		this.records = records;
		this.topics = topics;
		this.requester = requester;
		this.target = target;
	}

	@Override
	public CompletableFuture<PublishResult> publish(String topic, Object body) {
		PublishTarget target = this.target.get();
		return target.publish(topic, this.records.create(topic, body, target));
	}

	@Override
	public CompletableFuture<List<PublishResult>> publishAll(String topic, Collection<?> bodies) {
		PublishTarget target = this.target.get();
		List<List<ProducerRecord<byte[], byte[]>>> records = this.records.createAll(topic, bodies, target);
		try {
			return PublishResults.of(topic, records.stream().map((each) -> target.publish(topic, each)).toList());
		}
		catch (RuntimeException ex) {
			records.forEach((each) -> PendingSends.abandon(each, ex));
			throw ex;
		}
	}

	@Override
	public <T> CompletableFuture<@Nullable T> request(String topic, Object body, Class<T> type) {
		return this.requester.request(request(topic, body), type, null);
	}

	@Override
	public <T> CompletableFuture<@Nullable T> request(String topic, Object body, Class<T> type, Duration timeout) {
		return this.requester.request(request(topic, body), type, timeout);
	}

	@Override
	public <T> CompletableFuture<@Nullable T> request(String topic, Object body, ParameterizedTypeReference<T> type,
			Duration timeout) {
		return this.requester.request(request(topic, body), type.getType(), timeout);
	}

	@Override
	public <T> TopicPublisher<T> publisher(String topic, Class<T> type) {
		return publisher(topic, (Type) type);
	}

	@Override
	public <T> TopicPublisher<T> publisher(String topic, ParameterizedTypeReference<T> type) {
		return publisher(topic, type.getType());
	}

	private Requester.Request request(String topic, Object body) {
		return (id, replyTo) -> {
			PublishTarget target = this.target.get();
			target.checkRequest();
			return this.records.createRequest(topic, body, id, replyTo, target);
		};
	}

	private <T> TopicPublisher<T> publisher(String topic, Type type) {
		String where = "The publisher of %s to '%s'".formatted(type.getTypeName(), topic);
		this.topics.add(
				new Publication(topic, new PublisherEndpoint(topic, null, null, Map.of(), BodySettings.NONE, List.of()),
						new BodyType(type, false), null, List.of(), where));
		return new DefaultTopicPublisher<>(topic, new DefaultStreamOperations(
				this.records.ofType(type, BodySettings.NONE, where), this.topics, this.requester, this.target));
	}

}
