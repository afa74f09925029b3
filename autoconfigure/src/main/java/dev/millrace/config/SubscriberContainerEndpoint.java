package dev.millrace.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Properties;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.config.ContainerPostProcessor;
import org.springframework.kafka.config.KafkaListenerEndpoint;
import org.springframework.kafka.listener.AbstractMessageListenerContainer;
import org.springframework.kafka.listener.BatchInterceptor;
import org.springframework.kafka.listener.CompositeBatchInterceptor;
import org.springframework.kafka.listener.ConsumerAwareRebalanceListener;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.kafka.support.TopicPartitionOffset;
import org.springframework.kafka.support.TopicPartitionOffset.SeekPosition;
import org.springframework.kafka.support.converter.MessageConverter;
import org.springframework.util.Assert;

import dev.millrace.endpoint.AssignedPartition;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;
import dev.millrace.listener.EngineListener;
import dev.millrace.listener.IdleConsumerWatch;
import dev.millrace.listener.Processors;
import dev.millrace.listener.SubscriberRuntime;

/**
 * A subscriber as spring-kafka sees it. The user's container customizer has run before
 * {@link #getContainerPostProcessor() ours}, which has the last word on what the engine
 * depends on.
 */
final class SubscriberContainerEndpoint implements KafkaListenerEndpoint {

	/**
	 * A drain may keep the consumer's thread from polling; that is no reason for an
	 * alarm.
	 */
	private static final Duration NO_POLL = Duration.ofMinutes(1);

	private static final Duration SHORTEST_POLL = Duration.ofMillis(1);

	private final SubscriberEndpoint endpoint;

	private final SubscriberRuntime runtime;

	private final Processors processors;

	private final DeliveryMode mode;

	private final @Nullable ConsumerRebalanceListener rebalanceListener;

	SubscriberContainerEndpoint(SubscriberEndpoint endpoint, SubscriberRuntime runtime, Processors processors,
			DeliveryMode mode, @Nullable ConsumerRebalanceListener rebalanceListener) {
		this.endpoint = endpoint;
		this.runtime = runtime;
		this.processors = processors;
		this.mode = mode;
		this.rebalanceListener = rebalanceListener;
	}

	@Override
	public String getId() {
		return this.endpoint.id();
	}

	@Override
	public String getGroupId() {
		return this.endpoint.consumer().groupId();
	}

	@Override
	public @Nullable String getGroup() {
		return null;
	}

	@Override
	public Collection<String> getTopics() {
		return this.endpoint.subscription().topics();
	}

	@Override
	public TopicPartitionOffset @Nullable [] getTopicPartitionsToAssign() {
		if (!(this.endpoint.subscription() instanceof Subscription.Partitions subscription)) {
			return null;
		}
		return subscription.partitions()
			.stream()
			.map(SubscriberContainerEndpoint::startOf)
			.toArray(TopicPartitionOffset[]::new);
	}

	private static TopicPartitionOffset startOf(AssignedPartition partition) {
		return switch (partition.start()) {
			case COMMITTED -> new TopicPartitionOffset(partition.topic(), partition.partition());
			case EARLIEST -> new TopicPartitionOffset(partition.topic(), partition.partition(), SeekPosition.BEGINNING);
			case LATEST -> new TopicPartitionOffset(partition.topic(), partition.partition(), SeekPosition.END);
			case OFFSET -> new TopicPartitionOffset(partition.topic(), partition.partition(), partition.offset());
		};
	}

	@Override
	public @Nullable Pattern getTopicPattern() {
		return SourcePattern.of(this.endpoint);
	}

	@Override
	public @Nullable String getClientIdPrefix() {
		return this.endpoint.consumer().clientId();
	}

	@Override
	public @Nullable Integer getConcurrency() {
		return this.endpoint.consumer().consumers();
	}

	@Override
	public @Nullable Boolean getAutoStartup() {
		return this.endpoint.consumer().autoStartup();
	}

	@Override
	public Properties getConsumerProperties() {
		Properties properties = new Properties();
		properties.putAll(this.mode.consumerProperties());
		properties.putAll(ByteClients.consumerProperties(this.endpoint.consumer()));
		return properties;
	}

	@Override
	public void setupListenerContainer(MessageListenerContainer container, @Nullable MessageConverter converter) {
		container.setupMessageListener(this.mode.listener(this.endpoint, this.runtime, this.processors, container));
	}

	@Override
	public boolean isSplitIterables() {
		return false;
	}

	@Override
	public Boolean getBatchListener() {
		return true;
	}

	@Override
	public @Nullable String getAckMode() {
		return null;
	}

	@Override
	public ContainerPostProcessor<byte[], byte[], AbstractMessageListenerContainer<byte[], byte[]>> getContainerPostProcessor() {
		return this::configure;
	}

	// Who wants offsets to be committed sooner than that does not want to wait for the
	// poll.
	private Duration pollTimeout() {
		Duration interval = this.endpoint.flow().commitInterval();
		Duration timeout = this.mode.pollTimeout();
		Duration shorter = (interval.compareTo(timeout) < 0) ? interval : timeout;
		return (shorter.compareTo(SHORTEST_POLL) < 0) ? SHORTEST_POLL : shorter;
	}

	private void configure(AbstractMessageListenerContainer<byte[], byte[]> container) {
		ContainerProperties properties = container.getContainerProperties();
		Assert.state(properties.getMessageListener() instanceof EngineListener,
				"The listener of a subscriber's container must not be replaced");
		EngineListener listener = (EngineListener) properties.getMessageListener();
		properties.setAckMode(ContainerProperties.AckMode.MANUAL);
		properties.setAsyncAcks(false);
		Duration pollTimeout = pollTimeout();
		properties.setPollTimeout(pollTimeout.toMillis());
		// Not divided as durations, which would load BigDecimal and its tables at start.
		properties.setNoPollThreshold((float) NO_POLL.toMillis() / pollTimeout.toMillis());
		properties.setShutdownTimeout(this.endpoint.flow().drainTimeout().plusSeconds(10).toMillis());
		properties.setSubBatchPerPartition(false);
		properties.setObservationEnabled(false);
		properties.setMicrometerEnabled(false);
		properties.setKafkaAwareTransactionManager(null);
		ConsumerAwareRebalanceListener customized = RebalanceListeners.both(listener,
				properties.getConsumerRebalanceListener(), this.endpoint);
		properties
			.setConsumerRebalanceListener(RebalanceListeners.both(customized, this.rebalanceListener, this.endpoint));
		container.setBatchInterceptor(interceptor(listener, container.getBatchInterceptor()));
		container.setCommonErrorHandler(new ContainerErrorHandler(this.endpoint));
	}

	private BatchInterceptor<byte[], byte[]> interceptor(EngineListener listener,
			@Nullable BatchInterceptor<byte[], byte[]> other) {
		IdleConsumerWatch watch = new IdleConsumerWatch(this.endpoint);
		return (other != null) ? new CompositeBatchInterceptor<>(other, watch, this.runtime.polls(), listener)
				: new CompositeBatchInterceptor<>(watch, this.runtime.polls(), listener);
	}

}
