package dev.millrace.config;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import jakarta.validation.ConstraintViolationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import dev.millrace.AckPolicy;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.DecodingException;
import dev.millrace.Ordering;
import dev.millrace.ReplyTopicException;
import dev.millrace.RetryMode;
import dev.millrace.StreamConfigurationException;
import dev.millrace.Unmatched;
import dev.millrace.UnmatchedRecordException;
import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.Backoff;
import dev.millrace.endpoint.ConsumerSettings;
import dev.millrace.endpoint.DeadLetterSettings;
import dev.millrace.endpoint.DeliverySettings;
import dev.millrace.endpoint.FailureTypes;
import dev.millrace.endpoint.FlowSettings;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link EndpointReader}: subscribers.
 */
class EndpointReaderTests {

	private final TestReader reader = new TestReader();

	@Test
	void subscriberThatSaysNothingGetsTheDefaults() {
		SubscriberEndpoint endpoint = this.reader.read(Plain.class);

		assertThat(endpoint.id()).isEqualTo("orders-handle");
		assertThat(endpoint.subscription()).isEqualTo(new Subscription.Topics(List.of("in")));
		assertThat(endpoint.consumer())
			.isEqualTo(new ConsumerSettings("app.orders-handle", null, null, null, Map.of()));
		assertThat(endpoint.flow()).isEqualTo(new FlowSettings(Ordering.PARTITION, 10, null, 1000, 500, true,
				Duration.ofMillis(200), Duration.ofMinutes(5), Duration.ofSeconds(20), null));
		assertThat(endpoint.delivery()).isEqualTo(new DeliverySettings(AckPolicy.ACK_ON_SUCCESS, false,
				Unmatched.DEAD_LETTER, true,
				new RetrySettings(10, null, new Backoff(Duration.ofSeconds(1), 2, Duration.ofSeconds(30), 0.2),
						new FailureTypes(List.of(), List.of(),
								List.of(DecodingException.class, UnmatchedRecordException.class,
										ReplyTopicException.class, ConstraintViolationException.class)),
						RetryMode.LANE, "app.orders-handle-retry", false),
				new DeadLetterSettings(true, null, DeadLetterHeaders.TEXT)));
		assertThat(endpoint.publishers()).isEmpty();
		assertThat(endpoint.describe()).isEqualTo("Subscriber 'orders-handle' (Plain.handle(String) of bean 'orders')");
	}

	@Test
	void everyAttributeIsRead() {
		SubscriberEndpoint endpoint = this.reader.read(Full.class);

		assertThat(endpoint.id()).isEqualTo("full");
		assertThat(endpoint.subscription()).isEqualTo(new Subscription.Topics(List.of("a", "b")));
		assertThat(endpoint.consumer()).isEqualTo(new ConsumerSettings("group", "client", 3, false,
				Map.of("auto.offset.reset", "latest", "fetch.min.bytes", "10", "odd", "a=b")));
		assertThat(endpoint.flow().ordering()).isEqualTo(Ordering.KEY);
		assertThat(endpoint.flow().concurrency()).isEqualTo(3);
	}

	@Test
	void patternIsASubscriptionWithoutTopics() {
		SubscriberEndpoint endpoint = this.reader.read(ByPattern.class);

		assertThat(endpoint.id()).isEqualTo("orders-handle");
		assertThat(endpoint.subscription()).isInstanceOf(Subscription.TopicPattern.class).hasToString("/orders\\..*/");
		assertThat(endpoint.subscription().topics()).isEmpty();
	}

	@Test
	void subscribersOfOneMethodAreToldApartByTheirTopics() {
		assertThat(this.reader.readAll(Several.class)).extracting(SubscriberEndpoint::id)
			.containsExactly("orders-handle-a", "orders-handle-b-c", "own", "orders-handle-pattern");
	}

	@Test
	void subscribersOfOneMethodHaveSettingsOfTheirOwn() {
		List<SubscriberEndpoint> endpoints = this.reader
			.override("orders-handle-a",
					new SubscriberSettings(new SubscriberSettings.Consumer("special", null, null, null, null, Map.of()),
							new SubscriberSettings.Flow(null, 7, null, null, null, null, null,
									SubscriberSettings.Batch.NONE),
							SubscriberSettings.Delivery.NONE, SubscriberSettings.Body.NONE,
							SubscriberSettings.Retry.NONE, SubscriberSettings.DeadLetter.NONE))
			.readAll(Several.class);

		assertThat(endpoints).extracting((endpoint) -> endpoint.consumer().groupId())
			.containsExactly("special", "app.orders-handle-b-c", "app.own", "app.orders-handle-pattern");
		assertThat(endpoints).extracting((endpoint) -> endpoint.flow().concurrency()).containsExactly(7, 10, 10, 10);
	}

	@Test
	void settingsOfDeliveryAreReadFromTheMethodOrElseFromItsClass() {
		SubscriberEndpoint own = this.reader.read(OwnDelivery.class);
		assertThat(own.delivery().ackPolicy()).isEqualTo(AckPolicy.REJECT_ON_ERROR);
		assertThat(own.delivery().exactlyOnce()).isTrue();
		assertThat(own.flow().maxRate()).isEqualTo(2.5);
		assertThat(own.delivery().retry()).isEqualTo(
				new RetrySettings(4, Duration.ofMinutes(2),
						new Backoff(Duration.ofMillis(100), 3, Duration.ofSeconds(9), 0.5),
						new FailureTypes(List.of(IOException.class), List.of(IllegalStateException.class),
								List.of(DecodingException.class, UnmatchedRecordException.class,
										ReplyTopicException.class, ConstraintViolationException.class)),
						RetryMode.TOPIC, "later", true));
		assertThat(own.delivery().deadLetter())
			.isEqualTo(new DeadLetterSettings(false, "graveyard", DeadLetterHeaders.SPRING));

		SubscriberEndpoint inherited = this.reader.read(DeliveryOfTheClass.class);
		assertThat(inherited.delivery().retry().attempts()).isEqualTo(2);
		assertThat(inherited.delivery().deadLetter().topicFor("x")).isEqualTo("buried");
	}

	@Test
	void policyManualNeedsAnAcknowledgment() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.read(NothingToAcknowledgeWith.class))
			.withMessageContaining(
					"Subscriber 'orders-handle' (NothingToAcknowledgeWith.handle(String) of bean 'orders')"
							+ " has the policy MANUAL")
			.withMessageContaining("dev.millrace.Acknowledgment");
	}

	@ParameterizedTest
	@ValueSource(classes = { OddAttempts.class, OddDelay.class, SeveralPolicies.class, OddRate.class })
	void settingThatMakesNoSenseIsAnErrorThatNamesTheMethod(Class<?> type) {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> this.reader.read(type))
			.withMessageContaining(type.getSimpleName() + ".handle(String) of bean 'orders'");
	}

	@Test
	void autoStartupThatIsNeitherTrueNorFalseIsAnError() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.property("startup", "yes").read(Startup.class))
			.satisfies((ex) -> {
				assertThat(ex.description())
					.isEqualTo("Startup.handle(String) of bean 'orders' has the autoStartup 'yes'.");
				assertThat(ex.action()).isEqualTo("Set true or false.");
			});
		assertThat(this.reader.property("startup", "False").read(Startup.class).consumer().autoStartup()).isFalse();
	}

	static class Plain {

		@StreamSubscriber("in")
		void handle(String body) {
		}

	}

	static class Full {

		@StreamSubscriber(topics = { "a", "b" }, id = "full", groupId = "group", clientId = "client",
				ordering = Ordering.KEY, concurrency = "3", consumers = "3", autoOffsetReset = "latest",
				autoStartup = "false", properties = { "fetch.min.bytes = 10", "odd=a=b" })
		void handle(String body) {
		}

	}

	@Retry(attempts = "9")
	static class OwnDelivery {

		@StreamSubscriber(topics = "in", ackPolicy = AckPolicy.REJECT_ON_ERROR, exactlyOnce = true, maxRate = "2.5")
		@Retry(attempts = "4", maxTime = "2m", delay = "100ms", multiplier = "3", maxDelay = "PT9S", jitter = "0.5",
				on = IOException.class, fatal = IllegalStateException.class, mode = RetryMode.TOPIC, topic = "later",
				keepOrder = true)
		@DeadLetter(enabled = false, topic = "graveyard", headers = DeadLetterHeaders.SPRING)
		void handle(String body) {
		}

	}

	@Retry(attempts = "2")
	@DeadLetter(topic = "buried")
	static class DeliveryOfTheClass {

		@StreamSubscriber("in")
		void handle(String body) {
		}

	}

	static class NothingToAcknowledgeWith {

		@StreamSubscriber(topics = "in", ackPolicy = AckPolicy.MANUAL)
		void handle(String body) {
		}

	}

	static class OddAttempts {

		@StreamSubscriber("in")
		@Retry(attempts = "0")
		void handle(String body) {
		}

	}

	static class OddDelay {

		@StreamSubscriber("in")
		@Retry(delay = "soon")
		void handle(String body) {
		}

	}

	static class SeveralPolicies {

		@StreamSubscriber(topics = "in", ackPolicy = { AckPolicy.ACK, AckPolicy.ACK_FIRST })
		void handle(String body) {
		}

	}

	static class OddRate {

		@StreamSubscriber(topics = "in", maxRate = "0")
		void handle(String body) {
		}

	}

	static class ByPattern {

		@StreamSubscriber(pattern = "orders\\..*")
		void handle(String body) {
		}

	}

	static class Several {

		@StreamSubscriber("a")
		@StreamSubscriber(topics = { "b", "c" })
		@StreamSubscriber(topics = "d", id = "own")
		@StreamSubscriber(pattern = "e.*")
		void handle(String body) {
		}

	}

	static class Startup {

		@StreamSubscriber(topics = "in", autoStartup = "${startup}")
		void handle(String body) {
		}

	}

}
