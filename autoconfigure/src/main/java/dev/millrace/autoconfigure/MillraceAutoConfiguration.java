package dev.millrace.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Lazy;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.StreamConfigurer;
import dev.millrace.actuate.SharedAdmin;
import dev.millrace.config.ApplicationSettings;
import dev.millrace.config.DeliveryModes;
import dev.millrace.config.EndpointReader;
import dev.millrace.config.EndpointRegistrar;
import dev.millrace.config.EngineTime;
import dev.millrace.config.HandlerRouteFactory;
import dev.millrace.config.LaneThreads;
import dev.millrace.config.NamedBeans;
import dev.millrace.config.Pullers;
import dev.millrace.config.StopReporter;
import dev.millrace.config.StoppingConsumers;
import dev.millrace.config.StreamAnnotationBeanPostProcessor;
import dev.millrace.config.SubscriberAssembler;
import dev.millrace.config.SubscriberContainerRegistrar;
import dev.millrace.config.SubscriberControls;
import dev.millrace.config.SubscriberSettings;
import dev.millrace.config.TopicDirectory;
import dev.millrace.config.TopicInitializer;
import dev.millrace.config.TopicSettings;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.handler.HandlerMethodFactory;
import dev.millrace.handler.SignatureReader;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Auto-configuration of Millrace.
 */
@AutoConfiguration(after = KafkaAutoConfiguration.class,
		afterName = { "org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration",
				"org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration" })
@ConditionalOnClass({ KafkaTemplate.class, JsonMapper.class })
@ConditionalOnBooleanProperty(name = "millrace.enabled", matchIfMissing = true)
@EnableConfigurationProperties(MillraceProperties.class)
@Import({ LaneThreadsConfiguration.class, StreamClientsConfiguration.class, CodecConfiguration.class,
		HandlerConfiguration.class, HandlerRouteConfiguration.class, ObservationConfiguration.class,
		PublishingConfiguration.class, DeadLetterConfiguration.class })
public final class MillraceAutoConfiguration {

	private final MillraceProperties properties;

	private final KafkaProperties kafka;

	private final ConfigurableApplicationContext context;

	MillraceAutoConfiguration(MillraceProperties properties, KafkaProperties kafka,
			ConfigurableApplicationContext context) {
		this.properties = properties;
		this.kafka = kafka;
		this.context = context;
	}

	@Bean
	static StreamAnnotationBeanPostProcessor streamAnnotationBeanPostProcessor(ListableBeanFactory beanFactory,
			ObjectProvider<EndpointRegistrar> registrar, ObjectProvider<StreamConfigurer> configurers) {
		return new StreamAnnotationBeanPostProcessor(beanFactory, registrar, configurers);
	}

	@Bean
	EndpointRegistry millraceEndpointRegistry() {
		return new EndpointRegistry();
	}

	@Bean
	TopicInitializer millraceTopicInitializer(EndpointRegistry registry, PublishedTopics published,
			KafkaAdmin kafkaAdmin, TopicDirectory directory) {
		return new TopicInitializer(registry, published, AdminClients.of(kafkaAdmin),
				kafkaAdmin.getConfigurationProperties(), topicSettings(), directory);
	}

	@Bean
	@Lazy
	SharedAdmin millraceSharedAdmin(KafkaAdmin kafkaAdmin) {
		return new SharedAdmin(AdminClients.of(kafkaAdmin)::createAdmin);
	}

	@Bean
	SubscriberRuntimes millraceSubscriberRuntimes() {
		return new SubscriberRuntimes();
	}

	@Bean
	@Lazy
	SubscriberControls millraceSubscribers(SubscriberRuntimes runtimes, KafkaListenerEndpointRegistry containers,
			ObjectProvider<EndpointRegistrar> registrar, StreamClients clients, HandlerMethodFactory handlerMethods) {
		return new SubscriberControls(runtimes, containers, registrar,
				new Pullers(clients.consumerFactory(), handlerMethods::deliveries));
	}

	@Bean
	StoppingConsumers millraceStoppingConsumers() {
		return new StoppingConsumers();
	}

	@Bean
	StopReporter millraceStopReporter() {
		return new StopReporter();
	}

	@Bean
	TopicDirectory millraceTopicDirectory(KafkaAdmin kafkaAdmin) {
		return new TopicDirectory(AdminClients.of(kafkaAdmin), topicSettings());
	}

	@Bean
	SubscriberAssembler millraceSubscriberAssembler(HandlerRouteFactory routes, TopicDirectory topics,
			LaneThreads threads, EngineTime time) {
		return new SubscriberAssembler(routes, topics, threads, time);
	}

	@Bean
	SubscriberContainerRegistrar millraceSubscriberContainerRegistrar(KafkaListenerEndpointRegistry registry,
			StreamClients clients, SubscriberAssembler assembler, SubscriberRuntimes runtimes, EngineTime time) {
		DeliveryModes modes = new DeliveryModes(clients.sender(), clients.transactionalProducers(),
				clients.consumerFactory(), time);
		return new SubscriberContainerRegistrar(registry, clients.containerFactory(), assembler, modes, runtimes,
				new NamedBeans<>(this.context, ConsumerRebalanceListener.class, "An attribute 'rebalanceListener'"));
	}

	@Bean
	EndpointRegistrar millraceEndpointRegistrar(EndpointRegistry registry, TopicInitializer topics,
			SubscriberContainerRegistrar containers, SignatureReader signatures) {
		ConfigurableBeanFactory beanFactory = this.context.getBeanFactory();
		EndpointReader reader = new EndpointReader(beanFactory, settings(), signatures);
		return new EndpointRegistrar(beanFactory, reader, registry, topics, containers);
	}

	private TopicSettings topicSettings() {
		MillraceProperties.Topics topics = this.properties.getTopics();
		return new TopicSettings(topics.getMissing(), topics.getPartitions(), topics.getReplicas(),
				topics.getTimeout());
	}

	private ApplicationSettings settings() {
		Map<String, SubscriberSettings> overrides = new LinkedHashMap<>();
		this.properties.getSubscribers().forEach((id, subscriber) -> overrides.put(id, subscriber.toSettings()));
		return new ApplicationSettings(this.properties.getSubscriber().toSettings(), overrides,
				this.kafka.getConsumer().getGroupId(),
				this.context.getEnvironment().getProperty("spring.application.name"),
				this.properties.getShutdown().getTimeout());
	}

}
