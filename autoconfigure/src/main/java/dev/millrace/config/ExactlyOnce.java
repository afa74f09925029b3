package dev.millrace.config;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.AckPolicy;
import dev.millrace.StreamConfigurationException;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;
import dev.millrace.listener.EngineListener;
import dev.millrace.listener.Processors;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.TransactionalListener;

/**
 * What a poll brings is handled, published and committed in one transaction.
 */
final class ExactlyOnce implements DeliveryMode {

	/**
	 * Those under which a record is finished by its handler's success, or not at all.
	 */
	private static final Set<AckPolicy> POLICIES = EnumSet.of(AckPolicy.ACK_ON_SUCCESS, AckPolicy.NACK_ON_ERROR,
			AckPolicy.REJECT_ON_ERROR);

	private static final int MAX_POLL_INTERVAL = 300_000;

	private final TransactionalProducers producers;

	private final Map<String, Object> consumerProperties;

	ExactlyOnce(TransactionalProducers producers, Map<String, Object> consumerProperties) {
		this.producers = producers;
		this.consumerProperties = consumerProperties;
	}

	@Override
	public Map<String, String> consumerProperties() {
		// Spring Boot says read_uncommitted by default, which can't be told from an
		// application that says so. Only the subscriber's own word counts.
		return Map.of(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
	}

	@Override
	public EngineListener listener(SubscriberEndpoint endpoint, SubscriberRuntime runtime, Processors processors,
			MessageListenerContainer container) {
		return new TransactionalListener(runtime, processors, (number) -> this.producers.create(endpoint, number),
				time(endpoint), container);
	}

	@Override
	public @Nullable RecordHandler direct(Processors processors) {
		// A transaction has the offsets of what was polled.
		return null;
	}

	@Override
	public void check(SubscriberEndpoint endpoint) {
		AckPolicy policy = endpoint.delivery().ackPolicy();
		if (!POLICIES.contains(policy)) {
			throw new StreamConfigurationException(
					"%s is to handle records exactly once, which the policy %s rules out."
						.formatted(endpoint.describe(), policy),
					"Choose one of the policies %s, or leave exactly-once out.".formatted(POLICIES));
		}
		if (endpoint.subscription() instanceof Subscription.Partitions) {
			throw new StreamConfigurationException(
					"%s is to handle records exactly once, but has fixed partitions, so that no group would keep two"
						.formatted(endpoint.describe()) + " instances apart.",
					"Subscribe to topics, or leave exactly-once out.");
		}
		try {
			this.producers.check(endpoint);
		}
		catch (ConfigException ex) {
			throw new StreamConfigurationException(
					"%s is to handle records exactly once, but the producer can't be transactional: %s"
						.formatted(endpoint.describe(), ex.getMessage()),
					"Correct spring.kafka.producer: transactions need acks=all and enable.idempotence=true, which are"
							+ " Kafka's defaults.",
					ex);
		}
	}

	// The other half is for what comes after the handlers.
	private Duration time(SubscriberEndpoint endpoint) {
		Map<String, Object> consumer = new HashMap<>(this.consumerProperties);
		consumer.putAll(endpoint.consumer().properties());
		int pollInterval = milliseconds(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG,
				consumer.getOrDefault(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, MAX_POLL_INTERVAL));
		return Duration.ofMillis(Math.min(pollInterval, this.producers.timeout().toMillis())).dividedBy(2);
	}

	private static int milliseconds(String name, Object value) {
		Object parsed = ConfigDef.parseType(name, value, ConfigDef.Type.INT);
		return (parsed instanceof Integer number) ? number : Integer.MAX_VALUE;
	}

}
