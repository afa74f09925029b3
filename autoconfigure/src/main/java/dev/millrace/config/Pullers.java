package dev.millrace.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;

import dev.millrace.RecordPuller;
import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.TopicName;
import dev.millrace.handler.Deliveries;
import dev.millrace.listener.ConsumerPuller;

/**
 * Opens pullers.
 */
public final class Pullers {

	private final ConsumerFactory<byte[], byte[]> consumers;

	private final Supplier<Deliveries> deliveries;

	/**
	 * Create the opener.
	 * @param consumers makes consumers that read bytes
	 * @param deliveries make records of what was polled
	 */
	public Pullers(ConsumerFactory<byte[], byte[]> consumers, Supplier<Deliveries> deliveries) {
		this.consumers = consumers;
		this.deliveries = deliveries;
	}

	RecordPuller open(java.util.function.Consumer<RecordPuller.Spec> specification) {
		Spec spec = new Spec();
		specification.accept(spec);
		if (spec.topics.isEmpty()) {
			throw new StreamConfigurationException("Records are to be pulled, but of no topic.",
					"Name one: topics(...).");
		}
		spec.topics.forEach((topic) -> TopicName.check(topic, "What is to be pulled"));
		spec.properties.setProperty(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
		boolean inGroup = spec.groupId != null;
		Consumer<byte[], byte[]> consumer = this.consumers.createConsumer(spec.groupId, null, null, spec.properties);
		try {
			read(consumer, spec, inGroup);
			return new ConsumerPuller(consumer, this.deliveries.get(), inGroup);
		}
		catch (RuntimeException ex) {
			consumer.close();
			throw ex;
		}
	}

	private void read(Consumer<?, ?> consumer, Spec spec, boolean inGroup) {
		if (inGroup) {
			consumer.subscribe(spec.topics);
			return;
		}
		consumer.assign(spec.topics.stream()
			.flatMap((topic) -> consumer.partitionsFor(topic).stream())
			.map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
			.toList());
		// The application may have a group by default. Its offsets are none of ours.
		Object reset = spec.properties.getOrDefault(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
				this.consumers.getConfigurationProperties().get(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG));
		if ("latest".equals(reset)) {
			consumer.seekToEnd(consumer.assignment());
		}
		else {
			consumer.seekToBeginning(consumer.assignment());
		}
	}

	/**
	 * What is to be read.
	 */
	private static final class Spec implements RecordPuller.Spec {

		private final List<String> topics = new ArrayList<>();

		private final Properties properties = new Properties();

		private @Nullable String groupId;

		@Override
		public Spec topics(String... topics) {
			this.topics.addAll(List.of(topics));
			return this;
		}

		@Override
		public Spec groupId(String groupId) {
			this.groupId = groupId;
			return this;
		}

		@Override
		public Spec autoOffsetReset(String autoOffsetReset) {
			return property(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, autoOffsetReset);
		}

		@Override
		public Spec property(String name, String value) {
			this.properties.setProperty(name, value);
			return this;
		}

	}

}
