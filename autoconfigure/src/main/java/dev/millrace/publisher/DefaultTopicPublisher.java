package dev.millrace.publisher;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.millrace.PublishResult;
import dev.millrace.Response;
import dev.millrace.StreamOperations;
import dev.millrace.Tombstone;
import dev.millrace.TopicPublisher;

/**
 * Publisher of a topic: what its records have by default, and the operations that publish
 * them.
 *
 * @param <T> the type of the bodies
 */
final class DefaultTopicPublisher<T> implements TopicPublisher<T> {

	private final String topic;

	private final StreamOperations operations;

	private final @Nullable Function<? super T, ? extends @Nullable Object> key;

	private final @Nullable Function<? super T, @Nullable Integer> partition;

	private final Map<String, String> headers;

	DefaultTopicPublisher(String topic, StreamOperations operations) {
		this(topic, operations, null, null, Map.of());
	}

	private DefaultTopicPublisher(String topic, StreamOperations operations,
			@Nullable Function<? super T, ? extends @Nullable Object> key,
			@Nullable Function<? super T, @Nullable Integer> partition, Map<String, String> headers) {
		this.topic = topic;
		this.operations = operations;
		this.key = key;
		this.partition = partition;
		this.headers = headers;
	}

	@Override
	public String topic() {
		return this.topic;
	}

	@Override
	public TopicPublisher<T> withKey(Function<? super T, ? extends @Nullable Object> key) {
		return new DefaultTopicPublisher<>(this.topic, this.operations, key, this.partition, this.headers);
	}

	@Override
	public TopicPublisher<T> withPartition(Function<? super T, @Nullable Integer> partition) {
		return new DefaultTopicPublisher<>(this.topic, this.operations, this.key, partition, this.headers);
	}

	@Override
	public TopicPublisher<T> withHeader(String name, String value) {
		Map<String, String> headers = new LinkedHashMap<>(this.headers);
		headers.put(name, value);
		return new DefaultTopicPublisher<>(this.topic, this.operations, this.key, this.partition, headers);
	}

	@Override
	public CompletableFuture<PublishResult> publish(T body) {
		return this.operations.publish(this.topic, complete(Response.of(body)));
	}

	@Override
	public CompletableFuture<PublishResult> publish(Response<? extends T> response) {
		Assert.isTrue(response.topic() == null, "The response must not have a topic of its own");
		return this.operations.publish(this.topic, complete(response));
	}

	@Override
	public CompletableFuture<PublishResult> publish(Tombstone tombstone) {
		return publish(Response.tombstone(tombstone.key()));
	}

	@Override
	public <R> CompletableFuture<@Nullable R> request(T body, Class<R> type, Duration timeout) {
		return this.operations.request(this.topic, complete(Response.of(body)), type, timeout);
	}

	@Override
	public CompletableFuture<List<PublishResult>> publishAll(Collection<? extends T> bodies) {
		return this.operations.publishAll(this.topic,
				bodies.stream().map((body) -> complete(Response.of(body))).toList());
	}

	private <U extends T> Response<U> complete(Response<U> response) {
		Response<U> complete = response;
		U body = response.body();
		if (!response.keyed() && this.key != null && body != null) {
			complete = complete.withKey(this.key.apply(body));
		}
		if (response.partition() == null && this.partition != null) {
			Assert.state(body != null, "The partition depends on the body; say where the tombstone goes");
			Integer partition = this.partition.apply(body);
			complete = (partition != null) ? complete.withPartition(partition) : complete;
		}
		for (Map.Entry<String, String> header : this.headers.entrySet()) {
			if (!response.headers().containsKey(header.getKey())) {
				complete = complete.withHeader(header.getKey(), header.getValue());
			}
		}
		return complete;
	}

}
