package dev.millrace.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executor;

import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.kafka.core.ProducerFactory;

import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.publisher.TransactionalProducer;

/**
 * Makes producers with transactions out of the application's producer factory, one for
 * each consumer of a subscriber.
 */
public final class TransactionalProducers {

	private static final int TIMEOUT = 60_000;

	private final ProducerFactory<?, ?> factory;

	private final Duration closeTimeout;

	private final Executor threads;

	private final String prefix;

	/**
	 * Create the maker of an application's producers.
	 * @param factory the application's factory
	 * @param closeTimeout how long the end of a producer waits
	 * @param threads threads that may wait for the producers
	 */
	public TransactionalProducers(ProducerFactory<?, ?> factory, Duration closeTimeout, Executor threads) {
		this.factory = factory;
		this.closeTimeout = closeTimeout;
		this.threads = threads;
		String configured = factory.getTransactionIdPrefix();
		// Two producers must never have the same id at the same time.
		this.prefix = (configured != null) ? configured : UUID.randomUUID() + "-";
	}

	TransactionalProducer create(SubscriberEndpoint endpoint, int number) {
		return create(id(endpoint, number));
	}

	/**
	 * Make a producer for replays of the dead letters of a subscriber. All instances of
	 * the application have the same transactional id for it, so that the one that begins
	 * ends what another one does. The application's own prefix is left out: it may differ
	 * from instance to instance.
	 * @param endpoint the subscriber
	 * @return the producer
	 */
	public TransactionalProducer createForReplay(SubscriberEndpoint endpoint) {
		String id = "millrace-replay.%s.%s.".formatted(endpoint.consumer().groupId(), endpoint.id());
		return create(id);
	}

	/**
	 * Check the configuration as a producer would.
	 * @param endpoint a subscriber
	 */
	void check(SubscriberEndpoint endpoint) {
		Map<String, Object> properties = new HashMap<>(this.factory.getConfigurationProperties());
		properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
		properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id(endpoint, 0));
		new ProducerConfig(properties);
	}

	/**
	 * Return for how long a transaction may be open whose producer does not end it.
	 * @return the time
	 */
	public Duration timeout() {
		Object value = this.factory.getConfigurationProperties()
			.getOrDefault(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TIMEOUT);
		Object parsed = ConfigDef.parseType(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, value, ConfigDef.Type.INT);
		return Duration.ofMillis((parsed instanceof Integer number) ? number : TIMEOUT);
	}

	private TransactionalProducer create(String id) {
		return new TransactionalProducer(ByteClients.transactionalProducers(this.factory, id, this.closeTimeout),
				this.threads);
	}

	private String id(SubscriberEndpoint endpoint, int number) {
		return "%s%s.%s.%d.".formatted(this.prefix, endpoint.consumer().groupId(), endpoint.id(), number);
	}

}
