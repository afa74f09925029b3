package dev.millrace.test.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Properties;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.utils.AppInfoParser;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.testcontainers.kafka.KafkaContainer;

import dev.millrace.RequestMonitor;
import dev.millrace.codec.BodyWriter;
import dev.millrace.config.AdminSource;
import dev.millrace.config.ByteClients;
import dev.millrace.config.LaneThreads;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.handler.HandlerMethodFactory;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.test.StreamFaults;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.broker.InMemoryBroker;
import dev.millrace.test.engine.Arrivals;
import dev.millrace.test.engine.ConsumerPositions;
import dev.millrace.test.engine.CountedThreads;
import dev.millrace.test.engine.InvocationLog;
import dev.millrace.test.engine.Settlement;
import dev.millrace.test.engine.TestBench;
import dev.millrace.test.engine.TopicOffsets;
import dev.millrace.test.engine.TopicReader;
import dev.millrace.test.engine.VirtualTime;
import dev.millrace.test.fault.ClientFaults;
import dev.millrace.test.fault.Crash;
import dev.millrace.test.fault.DeadClients;
import dev.millrace.test.fault.FaultyClients;
import dev.millrace.test.fault.HandlerGate;
import dev.millrace.test.fault.Rebalance;

/**
 * Auto-configuration of the test kit.
 */
@AutoConfiguration(before = KafkaAutoConfiguration.class,
		beforeName = { "dev.millrace.autoconfigure.MillraceAutoConfiguration",
				"dev.millrace.broker.autoconfigure.EmbeddedBrokerAutoConfiguration" })
public final class StreamTestAutoConfiguration {

	@Bean
	VirtualTime streamTestTime() {
		return new VirtualTime();
	}

	@Bean
	InvocationLog streamTestInvocationLog() {
		return new InvocationLog();
	}

	@Bean
	static BeanPostProcessor streamTestThreads() {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				return (bean instanceof LaneThreads threads) ? new CountedThreads(threads) : bean;
			}

		};
	}

	@Bean(destroyMethod = "close")
	Admin streamTestAdmin(KafkaAdmin kafkaAdmin) {
		return (kafkaAdmin instanceof AdminSource source) ? source.createAdmin()
				: Admin.create(kafkaAdmin.getConfigurationProperties());
	}

	@Bean
	ClientFaults streamTestClientFaults() {
		return new ClientFaults();
	}

	@Bean
	ConsumerPositions streamTestConsumerPositions() {
		return new ConsumerPositions();
	}

	@Bean
	HandlerGate streamTestHandlerGate() {
		return new HandlerGate();
	}

	@Bean
	static BeanPostProcessor streamTestClients(ObjectProvider<ClientFaults> faults, ObjectProvider<VirtualTime> time,
			ObjectProvider<ConsumerPositions> positions) {
		return new BeanPostProcessor() {

			@Override
			public Object postProcessAfterInitialization(Object bean, String beanName) {
				if (bean instanceof ConsumerFactory<?, ?> consumers) {
					new FaultyClients(faults.getObject(), time.getObject(), positions.getObject()).addTo(consumers);
				}
				if (bean instanceof ProducerFactory<?, ?> producers) {
					new FaultyClients(faults.getObject(), time.getObject(), positions.getObject()).addTo(producers);
				}
				return bean;
			}

		};
	}

	@Bean
	Crash streamTestCrash(ClientFaults faults, HandlerGate gate, LaneThreads threads, VirtualTime time,
			KafkaListenerEndpointRegistry containers, SubscriberRuntimes subscribers, Admin streamTestAdmin) {
		return new Crash(faults, gate, (CountedThreads) threads, time,
				new ApplicationContainers(containers, subscribers), new DeadClients(streamTestAdmin));
	}

	// The names of the parameters choose among several factories, as in Millrace itself.
	@Bean
	TestBench streamTestBench(EndpointRegistry registry, SubscriberRuntimes subscribers,
			KafkaListenerEndpointRegistry containers, InvocationLog invocations, VirtualTime time, LaneThreads threads,
			Admin streamTestAdmin, ConsumerFactory<?, ?> kafkaConsumerFactory,
			ProducerFactory<?, ?> kafkaProducerFactory, HandlerMethodFactory handlerMethods, BodyWriter writer,
			RequestMonitor requests, ClientFaults faults, ConsumerPositions positions, Crash crash,
			ObjectProvider<InMemoryBroker> broker, Environment environment) {
		TopicOffsets offsets = new TopicOffsets(streamTestAdmin);
		boolean faulty = FaultyClients.areIn(kafkaConsumerFactory, kafkaProducerFactory);
		Settlement settlement = new Settlement(subscribers, offsets, requests, time, (CountedThreads) threads,
				new ApplicationClients(faults, positions, broker.getIfAvailable(),
						faulty ? new Arrivals(offsets, positions) : null),
				(id) -> isReading(containers.getListenerContainer(id)), crash::pending);
		ConsumerFactory<byte[], byte[]> consumers = FaultyClients.without(ByteClients.consumers(kafkaConsumerFactory));
		Properties committed = new Properties();
		committed.setProperty("isolation.level", "read_committed");
		// A consumer that is closed waits for the broker to answer what it has asked for
		// last.
		committed.setProperty("fetch.max.wait.ms", "0");
		TopicReader reader = new TopicReader(() -> consumers.createConsumer(null, null, "-test", committed), offsets,
				handlerMethods::deliveries);
		ProducerFactory<byte[], byte[]> producers = FaultyClients
			.without(ByteClients.producers(kafkaProducerFactory, Duration.ZERO));
		return new TestBench(registry, invocations, time, settlement, offsets, reader, producers, writer, () -> {
			crash.cancel();
			faults.clear();
		}, (faulty && isOwn(environment)) ? crash::now : (meanwhile, concerned) -> {
		});
	}

	@Bean
	StreamTestKit streamTestKit(TestBench bench, ClientFaults faults, Crash crash,
			ConsumerFactory<?, ?> kafkaConsumerFactory, ProducerFactory<?, ?> kafkaProducerFactory) {
		Rebalance rebalance = new Rebalance(FaultyClients.without(ByteClients.consumers(kafkaConsumerFactory)));
		return new StreamTestKit(bench, new StreamFaults(bench, faults, rebalance, crash,
				() -> FaultyClients.areIn(kafkaConsumerFactory, kafkaProducerFactory)));
	}

	// What a crash does to groups and transactions would hit others that use the broker.
	private static boolean isOwn(Environment environment) {
		return environment.getProperty("millrace.test.backend", Backend.class, Backend.IN_MEMORY) != Backend.CONFIGURED;
	}

	private static boolean isReading(@Nullable MessageListenerContainer container) {
		return container != null && container.isRunning() && !container.isPauseRequested();
	}

	/**
	 * A broker in memory.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "millrace.test.backend", havingValue = "IN_MEMORY", matchIfMissing = true)
	@Import(InMemoryKafkaConfiguration.class)
	static class InMemory {

	}

	/**
	 * Kafka in a container, of the version of its clients.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnProperty(name = "millrace.test.backend", havingValue = "TESTCONTAINERS")
	@ConditionalOnClass(KafkaContainer.class)
	static class InContainer {

		@Bean(initMethod = "start", destroyMethod = "stop")
		KafkaContainer streamTestContainer() {
			return new KafkaContainer("apache/kafka:" + AppInfoParser.getVersion())
				.withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
		}

		@Bean
		KafkaConnectionDetails streamTestConnectionDetails(KafkaContainer container) {
			return new KafkaConnectionDetails() {

				@Override
				public List<String> getBootstrapServers() {
					return List.of(container.getBootstrapServers());
				}

				// Wins over what spring.kafka.* says of the real cluster.
				@Override
				public String getSecurityProtocol() {
					return "PLAINTEXT";
				}

			};
		}

	}

}
