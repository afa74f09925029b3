package dev.millrace.actuate;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberControl;

/**
 * Actuator endpoint {@code streams}: shows subscribers and publishers, and changes
 * subscribers while they run. Changes last until the application ends.
 */
@Endpoint(id = "streams")
public final class StreamsEndpoint {

	private final SubscriberDescriptions descriptions;

	private final StreamSubscribers subscribers;

	private final Duration timeout;

	/**
	 * Create the endpoint.
	 * @param descriptions describe the subscribers
	 * @param subscribers change them
	 * @param timeout how long to wait for the end of a change
	 */
	public StreamsEndpoint(SubscriberDescriptions descriptions, StreamSubscribers subscribers, Duration timeout) {
		this.descriptions = descriptions;
		this.subscribers = subscribers;
		this.timeout = timeout;
	}

	/**
	 * Return all subscribers, and all topics that the application publishes to.
	 * @return the overview
	 */
	@ReadOperation
	public StreamsDescription streams() {
		return this.descriptions.all();
	}

	/**
	 * Return all there is to say about one subscriber.
	 * @param id the id
	 * @return the subscriber, or {@code null} when there is none with that id
	 */
	@ReadOperation
	public @Nullable SubscriberDetails subscriber(@Selector String id) {
		return this.descriptions.find(id);
	}

	/**
	 * Change how much a subscriber does at once. What is left out stays as it is.
	 * @param id the id
	 * @param concurrency how many records run at once, from 1
	 * @param maxRate how many records are begun in a second; 0 for no limit
	 * @return the subscriber afterwards, or {@code null} when there is none with that id
	 */
	@WriteOperation
	public @Nullable SubscriberDetails change(@Selector String id, @Nullable Integer concurrency,
			@Nullable Double maxRate) {
		return with(id, (subscriber) -> {
			if (concurrency != null) {
				subscriber.concurrency(concurrency);
			}
			if (maxRate != null) {
				subscriber.maxRate((maxRate != 0) ? maxRate : null);
			}
		});
	}

	/**
	 * Have a subscriber do something.
	 * @param id the id
	 * @param action what it is to do
	 * @param topic where to go on, with {@code seek}: the topic
	 * @param partition and its partition
	 * @param offset and the offset of the next record to handle
	 * @param time or, in all its partitions, the time of the next record to handle
	 * @return the subscriber afterwards, or {@code null} when there is none with that id
	 */
	@WriteOperation
	public @Nullable SubscriberDetails act(@Selector String id, @Selector Action action, @Nullable String topic,
			@Nullable Integer partition, @Nullable Long offset, @Nullable OffsetDateTime time) {
		return with(id, (subscriber) -> {
			switch (action) {
				case START -> subscriber.start();
				case STOP -> await(subscriber.stop());
				case PAUSE -> subscriber.pause();
				case RESUME -> subscriber.resume();
				case SEEK_TO_BEGINNING -> await(subscriber.seekToBeginning());
				case SEEK_TO_END -> await(subscriber.seekToEnd());
				case SEEK -> await(seek(subscriber, topic, partition, offset, time));
			}
		});
	}

	private static CompletionStage<Void> seek(SubscriberControl subscriber, @Nullable String topic,
			@Nullable Integer partition, @Nullable Long offset, @Nullable OffsetDateTime time) {
		if (time != null && topic == null && partition == null && offset == null) {
			return subscriber.seekTo(time.toInstant());
		}
		if (topic == null || partition == null || offset == null || time != null) {
			throw invalid("Say where to go on: either topic, partition and offset, or time");
		}
		return subscriber.seek(topic, partition, offset);
	}

	private @Nullable SubscriberDetails with(String id, Consumer<SubscriberControl> change) {
		if (this.descriptions.find(id) == null) {
			return null;
		}
		try {
			change.accept(this.subscribers.get(id));
		}
		catch (IllegalArgumentException ex) {
			throw invalid(String.valueOf(ex.getMessage()));
		}
		return this.descriptions.find(id);
	}

	private void await(CompletionStage<Void> change) {
		try {
			change.toCompletableFuture().get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			throw invalid(String.valueOf(((ex.getCause() != null) ? ex.getCause() : ex).getMessage()));
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("It is still not done after " + this.timeout, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	private static InvalidEndpointRequestException invalid(String reason) {
		return new InvalidEndpointRequestException(reason, reason);
	}

	/**
	 * What a subscriber can be told to do, as {@link SubscriberControl} says it.
	 */
	public enum Action {

		/** See {@link SubscriberControl#start()}. */
		START,

		/** See {@link SubscriberControl#stop()}. */
		STOP,

		/** See {@link SubscriberControl#pause()}. */
		PAUSE,

		/** See {@link SubscriberControl#resume()}. */
		RESUME,

		/** See {@link SubscriberControl#seek(String, int, long)}, and by time. */
		SEEK,

		/** See {@link SubscriberControl#seekToBeginning()}. */
		SEEK_TO_BEGINNING,

		/** See {@link SubscriberControl#seekToEnd()}. */
		SEEK_TO_END

	}

}
