package dev.millrace.config;

import java.time.Duration;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.EngineListener;
import dev.millrace.listener.Processors;
import dev.millrace.listener.SubscriberRuntime;

/**
 * How often a record takes effect: at least once or exactly once. Chosen when a
 * subscriber is put together, and nowhere asked for afterwards.
 */
interface DeliveryMode {

	/**
	 * Return the properties that the consumers need, where the subscriber does not say
	 * otherwise.
	 * @return the consumer properties
	 */
	Map<String, String> consumerProperties();

	/**
	 * Return how long a poll waits for records: also how late the last offsets of a topic
	 * that falls idle may be committed, on top of the commit interval.
	 * @return the time
	 */
	default Duration pollTimeout() {
		return Duration.ofMillis(500);
	}

	/**
	 * Make the listener of a container.
	 * @param endpoint what the container reads
	 * @param runtime what all consumers of the subscriber share
	 * @param processors make the processors of its records
	 * @param container the container whose listener it is
	 * @return the listener
	 */
	EngineListener listener(SubscriberEndpoint endpoint, SubscriberRuntime runtime, Processors processors,
			MessageListenerContainer container);

	/**
	 * Make what handles records that no consumer has polled.
	 * @param processors make the processors of records
	 * @return the handler, or {@code null} when all that is handled must have been polled
	 */
	@Nullable RecordHandler direct(Processors processors);

	/**
	 * Refuse a subscriber that can't work.
	 * @param endpoint the subscriber
	 */
	void check(SubscriberEndpoint endpoint);

}
