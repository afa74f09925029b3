package dev.millrace.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import jakarta.validation.Validator;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.LongSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.core.OverridingClassLoader;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.Order;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.CloudEventsCodec;
import dev.millrace.codec.InboundRecord;
import dev.millrace.codec.OutboundRecord;
import dev.millrace.codec.StreamCodec;
import dev.millrace.config.LaneThreads;
import dev.millrace.config.StreamAnnotationBeanPostProcessor;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.handler.HandlerMethodFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.assertArg;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.ArgumentMatchers.isNull;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link MillraceAutoConfiguration}: when it is there and what it brings.
 */
class MillraceAutoConfigurationTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, MillraceAutoConfiguration.class));

	@Test
	void annotatedMethodsAreLookedFor() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(EndpointRegistry.class)
			.hasSingleBean(StreamAnnotationBeanPostProcessor.class));
	}

	@Test
	void nothingIsThereWhenItIsSwitchedOff() {
		this.runner.withPropertyValues("millrace.enabled=false")
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EndpointRegistry.class));
	}

	@Test
	void nothingIsThereWithoutSpringKafka() {
		new ApplicationContextRunner()
			.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, MillraceAutoConfiguration.class))
			.withClassLoader(new FilteredClassLoader("org.springframework.kafka"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EndpointRegistry.class));
	}

	@Test
	void nothingIsThereWithoutJackson() {
		this.runner.withClassLoader(new FilteredClassLoader(JsonMapper.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean(EndpointRegistry.class));
	}

	@Test
	void beansOfSpringKafkasTypesAreOnlyThoseOfSpringBoot() {
		this.runner.run((context) -> {
			assertThat(context.getBeanNamesForType(KafkaTemplate.class)).containsExactly("kafkaTemplate");
			assertThat(context.getBeanNamesForType(KafkaOperations.class)).containsExactly("kafkaTemplate");
			assertThat(context.getBeanNamesForType(ConsumerFactory.class)).containsExactly("kafkaConsumerFactory");
			assertThat(context.getBeanNamesForType(ProducerFactory.class)).containsExactly("kafkaProducerFactory");
			List<String> ours = List.of(context.getBeanDefinitionNames())
				.stream()
				.filter((name) -> name.startsWith("millrace"))
				.toList();
			assertThat(ours).isNotEmpty()
				.allSatisfy((name) -> assertThat(context.getType(name).getPackageName()).startsWith("dev.millrace"));
		});
	}

	@Test
	void factoriesOfTheApplicationAreDerivedFrom() {
		Map<String, Object> properties = Map.of("bootstrap.servers", "localhost:1", "client.id", "own");
		this.runner
			.withBean("own", ConsumerFactory.class,
					() -> new DefaultKafkaConsumerFactory<>(properties, new StringDeserializer(),
							new StringDeserializer()))
			.withBean("other", ProducerFactory.class, () -> new DefaultKafkaProducerFactory<>(properties))
			.run((context) -> {
				StreamClients clients = context.getBean(StreamClients.class);
				assertThat(clients.producerFactory().getConfigurationProperties()).containsEntry("client.id", "own");
				assertThat(consumerProperties(clients)).containsEntry("client.id", "own")
					.containsEntry(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class)
					.containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest")
					.containsEntry(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
			});
	}

	@Test
	void ofSeveralFactoriesTheOneOfTheUsualNameIsDerivedFrom() {
		this.runner
			.withBean("kafkaConsumerFactory", ConsumerFactory.class,
					() -> new DefaultKafkaConsumerFactory<>(Map.of("client.id", "usual")))
			.withBean("special", ConsumerFactory.class,
					() -> new DefaultKafkaConsumerFactory<>(Map.of("client.id", "special")))
			.run((context) -> assertThat(consumerProperties(context.getBean(StreamClients.class)))
				.containsEntry("client.id", "usual"));
	}

	@Test
	void connectionDetailsReachEveryClient() {
		KafkaConnectionDetails details = () -> List.of("elsewhere:9");
		this.runner.withBean(KafkaConnectionDetails.class, () -> details).run((context) -> {
			StreamClients clients = context.getBean(StreamClients.class);
			assertThat(clients.producerFactory().getConfigurationProperties())
				.containsEntry(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, List.of("elsewhere:9"));
			assertThat(consumerProperties(clients)).containsEntry(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
					List.of("elsewhere:9"));
		});
	}

	@Test
	void offsetResetOfTheApplicationsConsumersIsKept() {
		this.runner.withPropertyValues("spring.kafka.consumer.auto-offset-reset=latest")
			.run((context) -> assertThat(consumerProperties(context.getBean(StreamClients.class)))
				.containsEntry(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest"));
	}

	@Test
	void whatOnlySomeAskForDoesNotMakeEveryStartLonger() {
		List<String> names = List.of("millraceDeadLetters", "millraceDryRuns", "millraceScanningConsumers",
				"millraceSharedAdmin", "millraceStreamOperations", "millraceSubscribers");
		this.runner.run((context) -> {
			assertThat(names).noneMatch(context.getBeanFactory()::containsSingleton);
			assertThat(names).allSatisfy((name) -> assertThat(context.getBean(name)).isNotNull());
		});
	}

	// It would, after each partition that it has read.
	@Test
	void consumerThatReadsToTheEndDoesNotWaitForMore() {
		this.runner.withPropertyValues("spring.kafka.consumer.fetch-max-wait=1s").run((context) -> {
			StreamClients clients = context.getBean(StreamClients.class);
			ConsumerFactory<byte[], byte[]> consumers = mock();
			new StreamClients(clients.containerFactory(), consumers, clients.producerFactory(), clients.sender(),
					clients.transactionalProducers())
				.scanningConsumer(IsolationLevel.READ_COMMITTED);
			verify(consumers).createConsumer(isNull(), isNull(), eq("-dead-letters"),
					assertArg((properties) -> assertThat(properties)
						.containsEntry(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, "0")));
		});
	}

	@Test
	void handlersAreCalledWithoutBeanValidationAndReactorOnTheClassPath() throws ClassNotFoundException {
		ClassLoader filtered = new FilteredClassLoader("jakarta.validation", "reactor", "org.reactivestreams");
		ClassLoader loader = new OverridingClassLoader(filtered) {

			@Override
			protected boolean isEligibleForOverriding(String className) {
				return className.startsWith("dev.millrace.");
			}

		};

		new ApplicationContextRunner().withClassLoader(loader)
			.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class))
			.withUserConfiguration(loader.loadClass(MillraceAutoConfiguration.class.getName()))
			.withBean(loader.loadClass(Handler.class.getName()))
			.withPropertyValues("spring.application.name=app", "millrace.topics.missing=ignore",
					"spring.kafka.listener.auto-startup=false")
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(loader.loadClass(HandlerMethodFactory.class.getName()))
				.hasSingleBean(loader.loadClass(HandlerConfiguration.NotValidating.class.getName()))
				.getBean(KafkaListenerEndpointRegistry.class)
				.satisfies((registry) -> assertThat(registry.getListenerContainerIds()).containsExactly("id")));
	}

	@Test
	void mapperOfTheApplicationWritesBodies() {
		JsonMapper mapper = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		record User(int userId) {

		}

		this.runner
			.run((context) -> assertThat(context.getBean(BodyWriter.class).write(new User(1), "out").bytes()).asString()
				.isEqualTo("{\"userId\":1}"));
		this.runner.withBean(JsonMapper.class, () -> mapper)
			.run((context) -> assertThat(context.getBean(BodyWriter.class).write(new User(1), "out").bytes()).asString()
				.isEqualTo("{\"user_id\":1}"));
	}

	@Test
	void firstCodecInSpringsOrderWrites() {
		this.runner.withUserConfiguration(Codecs.class)
			.run((context) -> assertThat(context.getBean(BodyWriter.class).write(1, "out").bytes()).asString()
				.isEqualTo("first"));
	}

	@Test
	void serializerOfTheApplicationWrites() {
		this.runner.withPropertyValues("spring.kafka.producer.value-serializer=" + LongSerializer.class.getName())
			.run((context) -> {
				assertThat(context.getBean(BodyWriter.class).write(1L, "out").bytes()).hasSize(8);
				assertThat(context.getBean(BodyWriter.class).write(1, "out").bytes()).asString().isEqualTo("1");
			});
	}

	@Test
	void cloudEventsAreKnownWhereTheirSdkIs() {
		this.runner.run((context) -> assertThat(context).hasSingleBean(CloudEventsCodec.class));
		this.runner.withClassLoader(new FilteredClassLoader("io.cloudevents"))
			.run((context) -> assertThat(context).hasNotFailed()
				.hasSingleBean(HandlerMethodFactory.class)
				.doesNotHaveBean(CloudEventsCodec.class));
	}

	@Test
	void handlersWorkWithoutAValidator() {
		this.runner.run((context) -> assertThat(context).hasNotFailed()
			.hasSingleBean(HandlerConfiguration.Validating.class)
			.doesNotHaveBean(Validator.class));
	}

	@Test
	void threadsCanBeReplaced() {
		LaneThreads threads = Runnable::run;
		this.runner.withBean(LaneThreads.class, () -> threads)
			.run((context) -> assertThat(context.getBean(LaneThreads.class)).isSameAs(threads));
	}

	private static Map<String, Object> consumerProperties(StreamClients clients) {
		return clients.containerFactory().getConsumerFactory().getConfigurationProperties();
	}

	static class Codecs {

		@Bean
		@Order(2)
		StreamCodec aSecond() {
			return codec("second");
		}

		@Bean
		@Order(1)
		StreamCodec bFirst() {
			return codec("first");
		}

		private static StreamCodec codec(String text) {
			return new StreamCodec() {

				@Override
				public boolean supports(Class<?> type) {
					return type == Integer.class;
				}

				@Override
				public Object read(InboundRecord record, ResolvableType target) {
					return text;
				}

				@Override
				public byte[] write(Object value, OutboundRecord record) {
					return text.getBytes(StandardCharsets.UTF_8);
				}

			};
		}

	}

	static class Handler {

		@StreamSubscriber(topics = "in", id = "id")
		void handle(String body) {
		}

	}

}
