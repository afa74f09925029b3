package dev.millrace.config;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.dispatch.Timer;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ExactlyOnce}: what it refuses when the application starts.
 */
class ExactlyOnceTests {

	@ParameterizedTest
	@EnumSource(value = AckPolicy.class, names = { "MANUAL", "ACK", "ACK_FIRST" })
	void policyThatDoesNotWaitForTheHandlerToSucceedIsRefused(AckPolicy policy) {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> check(read(Handler.class, policy), Map.of()))
			.satisfies((ex) -> {
				assertThat(ex.description()).isEqualTo("Subscriber 'orders-handle' (Handler.handle(String,"
						+ " Acknowledgment) of bean 'orders') is to handle records exactly once, which the policy "
						+ policy + " rules out.");
				assertThat(ex.action()).contains("ACK_ON_SUCCESS", "NACK_ON_ERROR", "REJECT_ON_ERROR");
			});
	}

	@ParameterizedTest
	@EnumSource(value = AckPolicy.class, names = { "ACK_ON_SUCCESS", "NACK_ON_ERROR", "REJECT_ON_ERROR" })
	void policyThatWaitsForTheHandlerIsAccepted(AckPolicy policy) {
		assertThat(check(read(Handler.class, policy), Map.of())).isInstanceOf(ExactlyOnce.class);
	}

	@ParameterizedTest
	@CsvSource({ "acks, 1", "enable.idempotence, false", "max.in.flight.requests.per.connection, 6", "retries, 0" })
	void producerThatCanNotBeTransactionalIsRefused(String property, String value) {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> check(new TestReader().read(Plain.class), Map.of(property, value)))
			.satisfies((ex) -> {
				assertThat(ex.description()).contains("'orders-handle' (Plain.handle(String) of bean 'orders')",
						"the producer can't be transactional");
				assertThat(ex.action()).contains("spring.kafka.producer");
			});
	}

	@Test
	void producerOfASubscriberWithoutTransactionsIsNotLookedAt() {
		SubscriberEndpoint endpoint = new TestReader().override("orders-handle", settings(null, false))
			.read(Plain.class);
		assertThat(check(endpoint, Map.of("acks", "1"))).isInstanceOf(AtLeastOnce.class);
	}

	@Test
	void consumersReadWhatIsCommittedOnly() {
		assertThat(check(new TestReader().read(Plain.class), Map.of()).consumerProperties())
			.containsEntry("isolation.level", "read_committed");
	}

	private static SubscriberEndpoint read(Class<?> handler, AckPolicy policy) {
		return new TestReader().override("orders-handle", settings(policy, true)).read(handler);
	}

	private static SubscriberSettings settings(AckPolicy policy, boolean exactlyOnce) {
		return new SubscriberSettings(SubscriberSettings.Consumer.NONE, SubscriberSettings.Flow.NONE,
				new SubscriberSettings.Delivery(policy, exactlyOnce, null, null), SubscriberSettings.Body.NONE,
				SubscriberSettings.Retry.NONE, SubscriberSettings.DeadLetter.NONE);
	}

	private static DeliveryMode check(SubscriberEndpoint endpoint, Map<String, Object> properties) {
		Map<String, Object> all = new HashMap<>(properties);
		all.put("bootstrap.servers", "localhost:1");
		DefaultKafkaProducerFactory<byte[], byte[]> factory = new DefaultKafkaProducerFactory<>(all);
		return new DeliveryModes((records, confirmed) -> {
		}, new TransactionalProducers(factory, Duration.ZERO, Runnable::run),
				new DefaultKafkaConsumerFactory<>(Map.of()), Timer.SYSTEM)
			.of(endpoint);
	}

	static class Handler {

		@StreamSubscriber("in")
		void handle(String body, Acknowledgment acknowledgment) {
		}

	}

	static class Plain {

		@StreamSubscriber(topics = "in", exactlyOnce = true)
		void handle(String body) {
		}

	}

}
