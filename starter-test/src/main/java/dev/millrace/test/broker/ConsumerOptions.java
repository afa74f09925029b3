package dev.millrace.test.broker;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerPartitionAssignor;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.consumer.internals.ConsumerInterceptors;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

import dev.millrace.test.broker.GroupMember.MemberSettings;

/**
 * The settings of a consumer, read and checked by Kafka's own class for them.
 */
final class ConsumerOptions {

	private final ConsumerConfig config;

	ConsumerOptions(Map<String, Object> properties) {
		Map<String, Object> complete = new HashMap<>(properties);
		complete.putIfAbsent(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "in-memory:9092");
		complete.putIfAbsent(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		complete.putIfAbsent(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
		this.config = new QuietConfig(complete);
	}

	String clientId() {
		return this.config.getString(ConsumerConfig.CLIENT_ID_CONFIG);
	}

	Optional<String> groupId() {
		Optional<String> groupId = Optional.ofNullable(this.config.getString(ConsumerConfig.GROUP_ID_CONFIG));
		if (groupId.isPresent() && groupId.get().isEmpty()) {
			throw new InvalidConfigurationException(
					"The configured group.id should not be an empty string or whitespace.");
		}
		return groupId;
	}

	boolean committedOnly() {
		return "read_committed"
			.equals(this.config.getString(ConsumerConfig.ISOLATION_LEVEL_CONFIG).toLowerCase(Locale.ROOT));
	}

	AutoOffsetResetStrategy offsetReset() {
		return AutoOffsetResetStrategy.fromString(this.config.getString(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG));
	}

	int maxPollRecords() {
		return this.config.getInt(ConsumerConfig.MAX_POLL_RECORDS_CONFIG);
	}

	boolean createsTopics() {
		return this.config.getBoolean(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG);
	}

	Optional<Duration> autoCommitInterval() {
		return (groupId().isPresent() && this.config.getBoolean(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG))
				? Optional.of(Duration.ofMillis(this.config.getInt(ConsumerConfig.AUTO_COMMIT_INTERVAL_MS_CONFIG)))
				: Optional.empty();
	}

	Duration apiTimeout() {
		return Duration.ofMillis(this.config.getInt(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG));
	}

	boolean hasServerSideAssignors() {
		return "consumer".equalsIgnoreCase(this.config.getString(ConsumerConfig.GROUP_PROTOCOL_CONFIG));
	}

	MemberSettings member() {
		return new MemberSettings(clientId(),
				Optional.ofNullable(this.config.getString(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG)), assignors(),
				Duration.ofMillis(this.config.getInt(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG)));
	}

	@SuppressWarnings("unchecked")
	<K, V> ConsumerInterceptors<K, V> interceptors() {
		List<ConsumerInterceptor<K, V>> interceptors = (List<ConsumerInterceptor<K, V>>) (List<?>) this.config
			.getConfiguredInstances(ConsumerConfig.INTERCEPTOR_CLASSES_CONFIG, ConsumerInterceptor.class,
					Map.of(ConsumerConfig.CLIENT_ID_CONFIG, clientId()));
		return new ConsumerInterceptors<>(interceptors, new Metrics());
	}

	@SuppressWarnings("unchecked")
	<T> Deserializer<T> deserializer(String property) {
		Deserializer<T> deserializer = this.config.getConfiguredInstance(property, Deserializer.class);
		deserializer.configure(this.config.originals(Map.of(ConsumerConfig.CLIENT_ID_CONFIG, clientId())),
				property.equals(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG));
		return deserializer;
	}

	// The brokers' own assignors take partitions away in two steps, as this one does.
	private List<ConsumerPartitionAssignor> assignors() {
		return hasServerSideAssignors() ? List.of(new CooperativeStickyAssignor()) : this.config.getConfiguredInstances(
				ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, ConsumerPartitionAssignor.class);
	}

	/**
	 * Does not log a page of settings for each consumer of a test.
	 */
	private static final class QuietConfig extends ConsumerConfig {

		QuietConfig(Map<String, Object> properties) {
			super(properties, false);
		}

	}

}
