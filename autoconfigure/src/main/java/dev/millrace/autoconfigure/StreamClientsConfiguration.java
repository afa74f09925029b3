package dev.millrace.autoconfigure;

import java.time.Duration;

import org.apache.kafka.common.IsolationLevel;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.support.LoggingProducerListener;
import org.springframework.kafka.support.ProducerListener;
import org.springframework.kafka.support.micrometer.KafkaTemplateObservationConvention;

import dev.millrace.config.ByteClients;
import dev.millrace.config.LaneThreads;
import dev.millrace.config.ScanningConsumers;
import dev.millrace.config.SubscriberContainerFactory;
import dev.millrace.config.TransactionalProducers;
import dev.millrace.observation.StreamObservations;
import dev.millrace.publisher.ProducerSender;
import dev.millrace.publisher.RecordSender;
import dev.millrace.publisher.TemplateSender;

/**
 * Clients of Millrace, derived from those that Spring Boot or the application has
 * configured.
 */
@Configuration(proxyBeanMethods = false)
class StreamClientsConfiguration {

	/**
	 * Containers have waited for the confirmations of all that was finished before the
	 * producer is closed, so there is nothing left to wait for.
	 */
	private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

	private final KafkaProperties properties;

	private final ApplicationContext context;

	StreamClientsConfiguration(KafkaProperties properties, ApplicationContext context) {
		this.properties = properties;
		this.context = context;
	}

	// Of several factories the primary one, else the one with the name that Spring Boot
	// gives its own: the names of the parameters.
	@Bean
	StreamClients millraceStreamClients(ConsumerFactory<?, ?> kafkaConsumerFactory,
			ProducerFactory<?, ?> kafkaProducerFactory, ConcurrentKafkaListenerContainerFactoryConfigurer configurer,
			ObjectProvider<ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>>> customizer,
			ObjectProvider<ProducerListener<?, ?>> listener,
			ObjectProvider<KafkaTemplateObservationConvention> convention, StreamObservations observations,
			LaneThreads threads) {
		SubscriberContainerFactory containers = new SubscriberContainerFactory();
		ConsumerFactory<byte[], byte[]> consumerFactory = ByteClients.consumers(kafkaConsumerFactory);
		configurer.configure(containers, untyped(consumerFactory));
		customizer.ifAvailable(containers::setContainerCustomizer);
		// As it is no bean, nobody else does.
		containers.setApplicationContext(this.context);
		containers.setApplicationEventPublisher(this.context);
		DefaultKafkaProducerFactory<byte[], byte[]> producerFactory = ByteClients.producers(kafkaProducerFactory,
				CLOSE_TIMEOUT);
		return new StreamClients(containers, consumerFactory, producerFactory,
				sender(producerFactory, listener, convention, observations, threads),
				new TransactionalProducers(kafkaProducerFactory, CLOSE_TIMEOUT, threads));
	}

	private RecordSender sender(ProducerFactory<byte[], byte[]> producerFactory,
			ObjectProvider<ProducerListener<?, ?>> listener,
			ObjectProvider<KafkaTemplateObservationConvention> convention, StreamObservations observations,
			LaneThreads threads) {
		KafkaTemplate<byte[], byte[]> template = new KafkaTemplate<>(producerFactory);
		ProducerListener<?, ?> unique = listener.getIfUnique();
		ProducerListener<byte[], byte[]> told = (unique != null && unique.getClass() != LoggingProducerListener.class)
				? ofBytes(unique) : withoutContents();
		// With a transactional factory: the replies of a record outside a transaction.
		template.setAllowNonTransactional(true);
		template.setMicrometerEnabled(false);
		// Not twice: what is published has been observed when it gets here.
		if (this.properties.getTemplate().isObservationEnabled() && !observations.isActive()) {
			convention.ifUnique(template::setObservationConvention);
			template.setObservationEnabled(true);
			template.setApplicationContext(this.context);
			template.afterSingletonsInstantiated();
			template.setProducerListener(told);
			return new TemplateSender(template, threads);
		}
		return new ProducerSender(template, told, threads);
	}

	@Bean
	@Lazy
	ScanningConsumers millraceScanningConsumers(StreamClients clients) {
		return new ScanningConsumers(() -> clients.scanningConsumer(IsolationLevel.READ_COMMITTED));
	}

	// The configurer wants objects; the deserializers of the derived factory are set.
	@SuppressWarnings("unchecked")
	private static ConsumerFactory<Object, Object> untyped(ConsumerFactory<?, ?> factory) {
		return (ConsumerFactory<Object, Object>) factory;
	}

	// Spring Boot's default would log what could not be sent.
	private static ProducerListener<byte[], byte[]> withoutContents() {
		LoggingProducerListener<byte[], byte[]> listener = new LoggingProducerListener<>();
		listener.setIncludeContents(false);
		return listener;
	}

	@SuppressWarnings("unchecked")
	private static ProducerListener<byte[], byte[]> ofBytes(ProducerListener<?, ?> listener) {
		return (ProducerListener<byte[], byte[]>) listener;
	}

}
