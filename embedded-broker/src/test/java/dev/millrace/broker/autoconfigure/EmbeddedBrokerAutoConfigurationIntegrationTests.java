package dev.millrace.broker.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.broker.TestClient;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class EmbeddedBrokerAutoConfigurationIntegrationTests {

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(EmbeddedBrokerAutoConfiguration.class, KafkaAutoConfiguration.class))
		.withPropertyValues("millrace.embedded-broker.port=0", "spring.kafka.consumer.auto-offset-reset=earliest");

	@TempDir
	private Path directory;

	@Test
	void connectsTheKafkaClientsOfBoot() {
		this.contextRunner.withUserConfiguration(ListenerConfiguration.class).run((context) -> {
			template(context).send("orders", "one");

			BlockingQueue<String> received = context.getBean(ListenerConfiguration.class).received;
			assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("one");
		});
	}

	@Test
	void connectsWithoutTheSecurityOfTheRealCluster() {
		this.contextRunner.withPropertyValues("spring.kafka.security.protocol=SSL")
			.run((context) -> assertThat(template(context).send("orders", "one")).succeedsWithin(30, TimeUnit.SECONDS));
	}

	@Test
	void appliesTheProperties() {
		this.contextRunner
			.withPropertyValues("millrace.embedded-broker.data-directory=" + this.directory,
					"millrace.embedded-broker.partitions=3", "millrace.embedded-broker.properties.num.io.threads=1")
			.run((context) -> {
				EmbeddedBroker broker = context.getBean(EmbeddedBroker.class);
				TestClient client = new TestClient(broker.bootstrapServers());
				client.send("orders", "one");

				assertThat(broker.dataDirectory()).isEqualTo(this.directory);
				assertThat(client.partitions("orders")).isEqualTo(3);
				assertThat(client.brokerProperty(1, "num.io.threads")).isEqualTo("1");
			});
	}

	@Test
	void listensOnTheConfiguredPortAndSaysSo(CapturedOutput output) throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			port = socket.getLocalPort();
		}

		this.contextRunner
			.withPropertyValues("millrace.embedded-broker.port=" + port,
					"millrace.embedded-broker.data-directory=" + this.directory)
			.run((context) -> {
				assertThat(context.getBean(EmbeddedBroker.class).port()).isEqualTo(port);
				assertThat(output).containsOnlyOnce(
						"Embedded Kafka broker listening on localhost:%d (data in %s)".formatted(port, this.directory));
			});
	}

	@Test
	void takesAFreePortWhenTheConfiguredOneIsInUse(CapturedOutput output) throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int taken = socket.getLocalPort();

			this.contextRunner.withPropertyValues("millrace.embedded-broker.port=" + taken).run((context) -> {
				int port = context.getBean(EmbeddedBroker.class).port();
				assertThat(port).isNotEqualTo(taken);
				assertThat(output)
					.containsOnlyOnce("Port %d is in use, the embedded Kafka broker listens on port %d instead"
						.formatted(taken, port));
			});
		}
	}

	@Test
	void eachContextHasABrokerOfItsOwn() {
		this.contextRunner.run((first) -> this.contextRunner.run((second) -> {
			assertThat(template(first).send("first", "one")).succeedsWithin(30, TimeUnit.SECONDS);
			assertThat(template(second).send("second", "one")).succeedsWithin(30, TimeUnit.SECONDS);

			assertThat(client(first.getBean(EmbeddedBroker.class)).topics()).containsExactly("first");
			assertThat(client(second.getBean(EmbeddedBroker.class)).topics()).containsExactly("second");
		}));
	}

	@Test
	void beansCanPublishWhileTheContextCloses() {
		assertThat(publishedOnClose(DependentConfiguration.class)).isEqualTo("dependent bean");
	}

	@Test
	void beansOlderThanTheBrokerCanPublishWhileTheContextCloses() {
		assertThat(publishedOnClose(OlderConfiguration.class)).isEqualTo("older bean");
	}

	@Test
	void stopsWithTheContext() {
		AtomicReference<EmbeddedBroker> broker = new AtomicReference<>();

		this.contextRunner.run((context) -> broker.set(context.getBean(EmbeddedBroker.class)));

		assertThat(broker.get().dataDirectory()).doesNotExist();
	}

	@Test
	void stopsWhenTheContextFailsToStart() {
		this.contextRunner.withUserConfiguration(FailingConfiguration.class)
			.withPropertyValues("millrace.embedded-broker.data-directory=" + this.directory)
			.run((context) -> assertThat(context).hasFailed());

		try (EmbeddedBroker broker = EmbeddedBroker
			.start(BrokerSettings.defaults().withDataDirectory(this.directory))) {
			assertThat(broker.port()).isPositive();
		}
	}

	@SuppressWarnings("unchecked")
	private static KafkaTemplate<Object, Object> template(ApplicationContext context) {
		return context.getBean(KafkaTemplate.class);
	}

	private String publishedOnClose(Class<?> configuration) {
		this.contextRunner.withUserConfiguration(configuration)
			.withPropertyValues("millrace.embedded-broker.data-directory=" + this.directory)
			.run((context) -> assertThat(context).hasNotFailed());
		try (EmbeddedBroker broker = EmbeddedBroker
			.start(BrokerSettings.defaults().withDataDirectory(this.directory))) {
			return String.join(",", client(broker).receive("closing", "g", 1));
		}
	}

	private static TestClient client(EmbeddedBroker broker) {
		return new TestClient(broker.bootstrapServers());
	}

	@Configuration(proxyBeanMethods = false)
	static class ListenerConfiguration {

		private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

		@KafkaListener(topics = "orders", groupId = "g")
		void receive(String value) {
			this.received.add(value);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class DependentConfiguration {

		@Bean
		DisposableBean dependent(KafkaTemplate<Object, Object> template) {
			return () -> template.send("closing", "dependent bean").get(30, TimeUnit.SECONDS);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OlderConfiguration {

		@Bean
		OlderBean older() {
			return new OlderBean();
		}

		@Bean
		@DependsOn("older")
		Object younger(EmbeddedBroker broker, OlderBean older) {
			older.client = client(broker);
			return new Object();
		}

	}

	/**
	 * Uses the broker without depending on it, as a bean with a client of its own does.
	 */
	static class OlderBean implements DisposableBean {

		private TestClient client;

		@Override
		public void destroy() {
			this.client.send("closing", "older bean");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingConfiguration {

		@Bean
		Object failing(EmbeddedBroker broker, ObjectProvider<Object> others) {
			throw new IllegalStateException("Expected on " + broker.port());
		}

	}

}
