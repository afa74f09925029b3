package dev.millrace.test.broker;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * A Kafka broker in memory. Its clients behave as Kafka's own do, with the same
 * configuration, the same exceptions and the same offsets, but a record is with its
 * consumer as soon as it was sent. May be used by any number of threads.
 */
public final class InMemoryBroker {

	private final BrokerState state;

	private InMemoryBroker(Builder builder) {
		this.state = new BrokerState(builder.clock, builder.partitions, builder.autoCreateTopics);
	}

	/**
	 * Create a broker with the settings of a new Kafka installation: topics that are
	 * missing are created with one partition.
	 * @return the broker
	 */
	public static InMemoryBroker create() {
		return builder().build();
	}

	/**
	 * Begin to configure a broker.
	 * @return a builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Create a consumer.
	 * @param <K> type of keys
	 * @param <V> type of bodies
	 * @param properties as of Kafka's own consumer; {@code bootstrap.servers} is not
	 * needed, and what is about connections, sizes and times of requests does nothing
	 * @param keyDeserializer reads keys, or {@code null} for the configured one
	 * @param valueDeserializer reads bodies, or {@code null} for the configured one
	 * @return the consumer
	 */
	public <K, V> Consumer<K, V> createConsumer(Map<String, Object> properties,
			@Nullable Deserializer<K> keyDeserializer, @Nullable Deserializer<V> valueDeserializer) {
		ConsumerOptions options = new ConsumerOptions(properties);
		return new InMemoryConsumer<>(this.state, options,
				(keyDeserializer != null) ? keyDeserializer
						: options.deserializer(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG),
				(valueDeserializer != null) ? valueDeserializer
						: options.deserializer(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG));
	}

	/**
	 * Create a producer.
	 * @param <K> type of keys
	 * @param <V> type of bodies
	 * @param properties as of Kafka's own producer; {@code bootstrap.servers} is not
	 * needed, and what is about connections and batches does nothing
	 * @param keySerializer writes keys, or {@code null} for the configured one
	 * @param valueSerializer writes bodies, or {@code null} for the configured one
	 * @return the producer
	 */
	public <K, V> Producer<K, V> createProducer(Map<String, Object> properties, @Nullable Serializer<K> keySerializer,
			@Nullable Serializer<V> valueSerializer) {
		ProducerOptions options = new ProducerOptions(properties);
		return new InMemoryProducer<>(this.state, options,
				(keySerializer != null) ? keySerializer
						: options.serializer(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG),
				(valueSerializer != null) ? valueSerializer
						: options.serializer(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG));
	}

	/**
	 * Create an admin client. Methods that nobody needs in a test throw
	 * {@link UnsupportedOperationException} with the method's name.
	 * @return the client
	 */
	public Admin createAdmin() {
		return AdminProxy.create(this.state);
	}

	/**
	 * Return what is to go wrong.
	 * @return the faults, none at first
	 */
	public BrokerFaults faults() {
		return this.state.faults();
	}

	/**
	 * See each record that is written from now on.
	 * @param listener sees it
	 */
	public void addListener(RecordListener listener) {
		this.state.listeners().add(listener);
	}

	/**
	 * Do not see records any longer.
	 * @param listener the listener
	 */
	public void removeListener(RecordListener listener) {
		this.state.listeners().remove(listener);
	}

	/**
	 * Have the members of a group join again.
	 * @param groupId the group
	 */
	public void rebalance(String groupId) {
		this.state.lock().run(() -> this.state.groups().find(groupId).ifPresent((group) -> {
			if (!group.members().isEmpty()) {
				group.rebalance();
			}
		}));
	}

	/**
	 * Treat the members of a group as dead, as after {@code session.timeout.ms} without a
	 * heartbeat. Those that are alive find out in their next poll, lose their partitions
	 * and join as new members; until then they can't commit.
	 * @param groupId the group
	 */
	public void evictMembers(String groupId) {
		this.state.lock()
			.run(() -> this.state.groups()
				.find(groupId)
				.ifPresent((group) -> List.copyOf(group.members()).forEach(group::evict)));
	}

	/**
	 * Abort the open transaction of a transactional id and lock its producer out, as
	 * after {@code transaction.timeout.ms}.
	 * @param transactionalId the id
	 */
	public void expireTransaction(String transactionalId) {
		this.state.lock().run(() -> {
			this.state.transactions().expire(transactionalId);
			this.state.wakeConsumers();
		});
	}

	/**
	 * Wait until the broker is quiet: everything that was sent is written and confirmed,
	 * and each consumer of a group has polled again after the last record there was for
	 * it. Whether what it has polled is handled is not known here.
	 * @param timeout how long to wait
	 * @return whether it was quiet in time
	 */
	public boolean awaitQuiet(Duration timeout) {
		return this.state.lock().await(() -> busyClients().isEmpty(), Deadline.in(timeout));
	}

	/**
	 * Return whom {@link #awaitQuiet(Duration)} would wait for.
	 * @return the ids of clients, none when the broker is quiet
	 */
	public List<String> busy() {
		return this.state.lock().call(this::busyClients);
	}

	private List<String> busyClients() {
		List<String> busy = new ArrayList<>();
		this.state.producers()
			.stream()
			.filter((producer) -> !producer.isIdle())
			.forEach((producer) -> busy.add(producer.clientId()));
		this.state.consumers()
			.stream()
			.filter((consumer) -> !consumer.isIdle())
			.forEach((consumer) -> busy.add(consumer.clientId()));
		return busy;
	}

	/**
	 * Configures a broker.
	 */
	public static final class Builder {

		private Clock clock = Clock.systemUTC();

		private int partitions = 1;

		private boolean autoCreateTopics = true;

		private Builder() {
		}

		/**
		 * Set where timestamps come from. Nothing is waited for by this clock.
		 * @param clock the clock, the system's by default
		 * @return this builder
		 */
		public Builder clock(Clock clock) {
			this.clock = clock;
			return this;
		}

		/**
		 * Set how many partitions topics have that are created without saying so.
		 * @param partitions the number, 1 by default
		 * @return this builder
		 */
		public Builder partitions(int partitions) {
			this.partitions = partitions;
			return this;
		}

		/**
		 * Set whether topics are created when somebody uses them.
		 * @param autoCreateTopics whether they are, {@code true} by default
		 * @return this builder
		 */
		public Builder autoCreateTopics(boolean autoCreateTopics) {
			this.autoCreateTopics = autoCreateTopics;
			return this;
		}

		/**
		 * Create the broker.
		 * @return the broker
		 */
		public InMemoryBroker build() {
			return new InMemoryBroker(this);
		}

	}

}
