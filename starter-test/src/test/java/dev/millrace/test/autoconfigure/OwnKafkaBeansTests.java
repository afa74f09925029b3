package dev.millrace.test.autoconfigure;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.IntegerSerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.core.ProducerFactory;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.MillraceAutoConfiguration;
import dev.millrace.config.AdminSource;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.broker.InMemoryBroker;
import dev.millrace.test.client.InMemoryProducerFactory;
import dev.millrace.test.engine.TestBench;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Applications that have Kafka beans of their own, on the broker in memory: the beans are
 * those of production, and none of them reaches for Kafka.
 */
class OwnKafkaBeansTests {

	private static final Map<String, Object> NOWHERE = Map.of("bootstrap.servers", "nowhere.invalid:1", "max.block.ms",
			"1000");

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(StreamTestAutoConfiguration.class, KafkaAutoConfiguration.class,
				JacksonAutoConfiguration.class, MillraceAutoConfiguration.class))
		.withPropertyValues("spring.application.name=test", "spring.kafka.bootstrap-servers=nowhere.invalid:1",
				"millrace.subscriber.commit-interval=1ms")
		.withBean(Handlers.class);

	@Test
	void factoriesOfAnyNameMakeClientsOfTheBrokerInMemory() {
		this.runner.withUserConfiguration(OwnFactories.class).run((context) -> {
			StreamTestKit kit = context.getBean(StreamTestKit.class);
			works(kit);
			numbers(context.getBean(KafkaTemplate.class)).send("numbers", 7).get();
			assertThat(kit.topic("numbers").records()).singleElement()
				.satisfies((record) -> assertThat(record.source().value()).containsExactly(0, 0, 0, 7));
		});
	}

	@Test
	void theBenchHasTheFactoriesThatMillraceTakesOfSeveral() {
		this.runner
			.withBean("kafkaConsumerFactory", ConsumerFactory.class, () -> new DefaultKafkaConsumerFactory<>(NOWHERE))
			.withBean("kafkaProducerFactory", ProducerFactory.class, () -> new DefaultKafkaProducerFactory<>(NOWHERE))
			.withBean("specialConsumers", ConsumerFactory.class, () -> new DefaultKafkaConsumerFactory<>(NOWHERE))
			.withBean("specialProducers", ProducerFactory.class, () -> new DefaultKafkaProducerFactory<>(NOWHERE))
			.withUserConfiguration(UsualTemplate.class)
			.run((context) -> works(context.getBean(StreamTestKit.class)));
	}

	@Test
	void primaryFactoriesStayPrimary() {
		this.runner.withUserConfiguration(OwnFactories.class, PrimaryFactories.class)
			.run((context) -> works(context.getBean(StreamTestKit.class)));
	}

	@Test
	void factoriesKeepTheirSettings() {
		this.runner.withUserConfiguration(OwnFactories.class).run((context) -> {
			ConsumerFactory<?, ?> consumers = context.getBean(ConsumerFactory.class);
			assertThat(consumers.getConfigurationProperties()).containsAllEntriesOf(NOWHERE);
			assertThat(consumers.getValueDeserializer()).isInstanceOf(StringDeserializer.class);
			DefaultKafkaProducerFactory<?, ?> producers = context.getBean(DefaultKafkaProducerFactory.class);
			assertThat(producers.getConfigurationProperties()).containsAllEntriesOf(NOWHERE);
			assertThat(producers.getValueSerializer()).isInstanceOf(IntegerSerializer.class);
			assertThat(producers.getPostProcessors()).hasSizeGreaterThan(1);
			assertThat(producers.isProducerPerThread()).isTrue();
		});
	}

	@Test
	void factoriesOfAnotherKindAreReplacedToo() {
		this.runner.withBean(ConsumerFactory.class, Unusable::new).run((context) -> {
			works(context.getBean(StreamTestKit.class));
			context.getBean(StreamTestKit.class).faults().failNextSend("out");
		});
	}

	@Test
	void adminOfTheApplicationKeepsItsSettings() {
		this.runner.withUserConfiguration(OwnAdmin.class)
			.withBean("created", NewTopic.class, () -> new NewTopic("created", 3, (short) 1))
			.withBean("ignored", NewTopic.class, () -> new NewTopic("ignored", 3, (short) 1))
			.run((context) -> {
				works(context.getBean(StreamTestKit.class));
				assertThat(context.getBean(KafkaAdmin.class).describeTopics("created")).containsOnlyKeys("created");
				assertThat(topics(context.getBean(KafkaAdmin.class))).contains("created").doesNotContain("ignored");
			});
	}

	@Test
	void whatIsSaidAboutTheConnectionIsNotAskedFor() {
		this.runner.withPropertyValues("spring.kafka.ssl.bundle=of-production")
			.run((context) -> works(context.getBean(StreamTestKit.class)));
	}

	@Test
	void detailsOfTheConnectionMayBeTheApplicationsOwn() {
		KafkaConnectionDetails details = () -> List.of("elsewhere.invalid:1");
		this.runner.withBean(KafkaConnectionDetails.class, () -> details).run((context) -> {
			works(context.getBean(StreamTestKit.class));
			assertThat(context.getBean(KafkaConnectionDetails.class)).isSameAs(details);
		});
	}

	@Test
	void producersOfTheApplicationMayHaveTransactions() {
		this.runner.withPropertyValues("spring.kafka.producer.transaction-id-prefix=tx-")
			.run((context) -> works(context.getBean(StreamTestKit.class)));
	}

	@Test
	void testThatBeginsLeavesABrokerAloneThatOthersMayUse() {
		this.runner.withUserConfiguration(InMemoryKafkaConfiguration.class)
			.withPropertyValues("millrace.test.backend=CONFIGURED",
					"spring.kafka.consumer.isolation-level=read_committed")
			.run((context) -> {
				TestBench bench = context.getBean(TestBench.class);
				InMemoryProducerFactory<byte[], byte[]> others = new InMemoryProducerFactory<>(
						context.getBean(InMemoryBroker.class), Map.of());
				others.setTransactionIdPrefix("others-");
				others.setKeySerializer(new ByteArraySerializer());
				others.setValueSerializer(new ByteArraySerializer());
				bench.begin();
				try (Producer<byte[], byte[]> other = others.createProducer()) {
					other.beginTransaction();
					other.send(new ProducerRecord<>("in", new byte[0])).get();
					bench.begin();
					other.commitTransaction();
				}
				assertThat(context.getBean(StreamTestKit.class).topic("in")).isEmpty();
				others.destroy();
			});
	}

	private static void works(StreamTestKit kit) {
		kit.publish("in", "body");

		assertThat(kit.topic("out")).hasRecord().withBody("BODY").once();
		assertThat(kit.subscriber("upper")).wasCalled(1).committed();
	}

	private static Collection<String> topics(KafkaAdmin admin) throws Exception {
		try (Admin client = ((AdminSource) admin).createAdmin()) {
			return client.listTopics().names().get();
		}
	}

	@SuppressWarnings("unchecked")
	private static KafkaTemplate<String, Integer> numbers(KafkaTemplate<?, ?> template) {
		return (KafkaTemplate<String, Integer>) template;
	}

	@Configuration(proxyBeanMethods = false)
	static class OwnFactories {

		@Bean
		ConsumerFactory<String, String> consumerFactory() {
			return new DefaultKafkaConsumerFactory<>(NOWHERE, new StringDeserializer(), new StringDeserializer());
		}

		@Bean
		ProducerFactory<String, Integer> producerFactory() {
			DefaultKafkaProducerFactory<String, Integer> factory = new DefaultKafkaProducerFactory<>(NOWHERE,
					new StringSerializer(), new IntegerSerializer());
			factory.addPostProcessor((producer) -> producer);
			factory.setProducerPerThread(true);
			return factory;
		}

		@Bean
		KafkaTemplate<String, Integer> template(ProducerFactory<String, Integer> producers) {
			return new KafkaTemplate<>(producers);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PrimaryFactories {

		@Bean
		@Primary
		ConsumerFactory<byte[], byte[]> primaryConsumers() {
			return new DefaultKafkaConsumerFactory<>(NOWHERE);
		}

		@Bean
		@Primary
		ProducerFactory<byte[], byte[]> primaryProducers() {
			return new DefaultKafkaProducerFactory<>(NOWHERE);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class UsualTemplate {

		@Bean
		KafkaTemplate<?, ?> template(ProducerFactory<?, ?> kafkaProducerFactory) {
			return new KafkaTemplate<>(kafkaProducerFactory);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnAdmin {

		@Bean
		KafkaAdmin kafkaAdmin() {
			KafkaAdmin admin = new KafkaAdmin(NOWHERE);
			admin.setCreateOrModifyTopic((topic) -> topic.name().equals("created"));
			return admin;
		}

	}

	static class Handlers {

		@StreamSubscriber(topics = "in", id = "upper")
		@StreamPublisher("out")
		String upper(String body) {
			return body.toUpperCase(Locale.ROOT);
		}

	}

	/** A factory that is not Spring Kafka's own. */
	static class Unusable implements ConsumerFactory<String, String> {

		@Override
		public Consumer<String, String> createConsumer(@Nullable String groupId, @Nullable String clientIdPrefix,
				@Nullable String clientIdSuffix, @Nullable Properties properties) {
			throw new UnsupportedOperationException("Kafka can't be reached");
		}

		@Override
		public Map<String, Object> getConfigurationProperties() {
			return NOWHERE;
		}

		@Override
		public boolean isAutoCommit() {
			return false;
		}

	}

}
