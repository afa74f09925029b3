package dev.millrace.actuate;

import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;

/**
 * Actuator endpoint {@code streams}: shows subscribers and publishers, and changes
 * subscribers while they run. Changes last until the application ends.
 */
@Endpoint(id = "streams")
public final class StreamsEndpoint {

	private final SubscriberDescriptions descriptions;

	private final SubscriberActions actions;

	/**
	 * Create the endpoint.
	 * @param descriptions describe the subscribers
	 * @param actions change them
	 */
	public StreamsEndpoint(SubscriberDescriptions descriptions, SubscriberActions actions) {
		this.descriptions = descriptions;
		this.actions = actions;
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
		return with(id, () -> this.actions.change(id, concurrency, maxRate));
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
	public @Nullable SubscriberDetails act(@Selector String id, @Selector SubscriberAction action,
			@Nullable String topic, @Nullable Integer partition, @Nullable Long offset, @Nullable OffsetDateTime time) {
		SeekTarget target = new SeekTarget(topic, partition, offset, (time != null) ? time.toInstant() : null);
		return with(id, () -> this.actions.act(id, action, target));
	}

	private @Nullable SubscriberDetails with(String id, Runnable change) {
		if (this.descriptions.find(id) == null) {
			return null;
		}
		try {
			change.run();
		}
		catch (IllegalArgumentException ex) {
			String reason = String.valueOf(ex.getMessage());
			throw new InvalidEndpointRequestException(reason, reason);
		}
		return this.descriptions.find(id);
	}

}
