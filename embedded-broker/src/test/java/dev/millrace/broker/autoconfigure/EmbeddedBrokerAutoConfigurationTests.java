package dev.millrace.broker.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import dev.millrace.broker.EmbeddedBroker;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedBrokerAutoConfigurationTests {

	// Lazy and without the clients of Boot, which need their servers at once: no broker
	// starts
	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
		.withConfiguration(AutoConfigurations.of(EmbeddedBrokerAutoConfiguration.class));

	@Test
	void providesABrokerWhenNoServerIsConfigured() {
		this.contextRunner.run(this::hasBroker);
	}

	@Test
	void providesABrokerWhenTheListOfServersIsEmpty() {
		this.contextRunner.withPropertyValues("spring.kafka.bootstrap-servers=").run(this::hasBroker);
	}

	@Test
	void providesABrokerWhenOtherKafkaPropertiesAreSet() {
		this.contextRunner
			.withPropertyValues("spring.kafka.client-id=app", "spring.kafka.consumer.properties.max.poll.records=1")
			.run(this::hasBroker);
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring.kafka.bootstrap-servers=kafka:9092",
			"spring.kafka.bootstrap-servers[0]=kafka:9092", "spring.kafka.bootstrapServers=kafka:9092",
			"spring.kafka.consumer.bootstrap-servers=kafka:9092", "spring.kafka.producer.bootstrap-servers=kafka:9092",
			"spring.kafka.streams.bootstrap-servers=kafka:9092", "spring.kafka.properties.bootstrap.servers=kafka:9092",
			"spring.kafka.consumer.properties[bootstrap.servers]=kafka:9092",
			"spring.kafka.producer.properties.bootstrap.servers=kafka:9092",
			"spring.kafka.admin.properties.bootstrap.servers=kafka:9092" })
	void backsOffWhenAServerIsConfigured(String property) {
		this.contextRunner.withPropertyValues(property).run(this::hasNoBroker);
	}

	@Test
	void providesABrokerForTestsThatWantItWhateverIsConfigured() {
		this.contextRunner
			.withPropertyValues("spring.kafka.bootstrap-servers=kafka:9092", "millrace.test.backend=EMBEDDED")
			.run(this::hasBroker);
		this.contextRunner
			.withPropertyValues("spring.kafka.bootstrap-servers=kafka:9092", "millrace.test.backend=CONFIGURED")
			.run(this::hasNoBroker);
	}

	@Test
	void backsOffWhenDisabled() {
		this.contextRunner.withPropertyValues("millrace.embedded-broker.enabled=false").run(this::hasNoBroker);
	}

	@Test
	void backsOffWhenOtherConnectionDetailsExist() {
		this.contextRunner.withBean("other", KafkaConnectionDetails.class, () -> () -> List.of("kafka:9092"))
			.run((context) -> {
				assertThat(context).doesNotHaveBean(EmbeddedBroker.class);
				assertThat(context).getBeanNames(KafkaConnectionDetails.class).containsExactly("other");
			});
	}

	private void hasBroker(AssertableApplicationContext context) {
		assertThat(context).hasSingleBean(EmbeddedBroker.class);
		assertThat(context).getBeanNames(KafkaConnectionDetails.class)
			.containsExactly("embeddedBrokerConnectionDetails");
	}

	private void hasNoBroker(AssertableApplicationContext context) {
		assertThat(context).doesNotHaveBean(EmbeddedBroker.class);
		assertThat(context).doesNotHaveBean(EmbeddedBrokerLifecycle.class);
		assertThat(context).doesNotHaveBean(KafkaConnectionDetails.class);
	}

}
