package dev.millrace.benchmarks;

import java.util.Map;
import java.util.Objects;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.context.EmbeddedKafka;
import org.springframework.kafka.test.utils.KafkaTestUtils;
import org.springframework.test.context.ContextConfiguration;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.Backend;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test of a subscriber that publishes a result.
 */
abstract class RegistrationTest {

	/**
	 * Prepare what all tests of the class need.
	 */
	void prepare() {
	}

	/**
	 * Test that a user is registered.
	 * @param userId the user
	 */
	abstract void registers(int userId);

	/**
	 * With the test kit.
	 */
	abstract static class WithKit extends RegistrationTest {

		@Autowired
		private StreamTestKit kit;

		@Override
		void registers(int userId) {
			this.kit.publish("in-topic", String.valueOf(userId), Map.of("user", "John", "userId", userId));

			assertThat(this.kit.topic("out-topic")).hasRecord()
				.withBody("User: %d - John registered".formatted(userId));
			assertThat(this.kit.subscriber("registrations")).wasCalledWith("John", userId).committed();
		}

	}

	/**
	 * In memory.
	 */
	@StreamTest
	@ContextConfiguration(classes = Registrations.class)
	static class InMemory extends WithKit {

	}

	/**
	 * On a real broker.
	 */
	@StreamTest(backend = Backend.EMBEDDED)
	@ContextConfiguration(classes = Registrations.class)
	static class Embedded extends WithKit {

	}

	/**
	 * With what spring-kafka has for tests. Its producer and its consumer are there
	 * before the first test, and what is committed is not looked at.
	 */
	@SpringBootTest(classes = Registrations.class,
			properties = { "spring.application.name=test",
					"spring.kafka.bootstrap-servers=${spring.embedded.kafka.brokers}" })
	@EmbeddedKafka(partitions = 1, topics = { "in-topic", "out-topic" })
	static class WithEmbeddedKafka extends RegistrationTest {

		@Autowired
		private EmbeddedKafkaBroker broker;

		@Autowired
		private KafkaTemplate<Object, Object> template;

		private @Nullable Consumer<String, String> consumer;

		@Override
		void prepare() {
			Consumer<String, String> created = new DefaultKafkaConsumerFactory<>(
					KafkaTestUtils.consumerProps(this.broker, "test", false), new StringDeserializer(),
					new StringDeserializer())
				.createConsumer();
			this.broker.consumeFromAnEmbeddedTopic(created, "out-topic");
			this.consumer = created;
			this.template.partitionsFor("in-topic");
		}

		@Override
		void registers(int userId) {
			this.template.send("in-topic", String.valueOf(userId),
					"{\"user\":\"John\",\"userId\":%d}".formatted(userId));

			assertThat(KafkaTestUtils.getSingleRecord(Objects.requireNonNull(this.consumer), "out-topic").value())
				.isEqualTo("User: %d - John registered".formatted(userId));
		}

	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Registrations {

		@StreamSubscriber(topics = "in-topic", id = "registrations")
		@StreamPublisher("out-topic")
		String handle(String user, int userId) {
			return "User: %d - %s registered".formatted(userId, user);
		}

	}

}
