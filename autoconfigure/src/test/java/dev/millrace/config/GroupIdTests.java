package dev.millrace.config;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamSubscriber;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SettingsResolver}: the consumer group where no setting names it.
 */
class GroupIdTests {

	private final TestReader reader = new TestReader();

	@Test
	void groupOfTheApplicationsConsumersComesBeforeItsName() {
		assertThat(groupId(this.reader.consumerGroupId("shared"))).isEqualTo("shared");
	}

	@Test
	void nameOfTheApplicationAndIdOfTheSubscriberComeLast() {
		assertThat(groupId(this.reader)).isEqualTo("app.orders-handle");
	}

	@Test
	void groupOfAnOverrideComesBeforeAllOthers() {
		SubscriberSettings override = override("mine");

		assertThat(groupId(this.reader.consumerGroupId("shared").override("orders-handle", override)))
			.isEqualTo("mine");
	}

	@Test
	void emptyTextsSayNothing() {
		SubscriberSettings override = override(" ");

		assertThat(groupId(this.reader.consumerGroupId("").override("orders-handle", override)))
			.isEqualTo("app.orders-handle");
	}

	@ParameterizedTest
	@NullAndEmptySource
	void subscriberWithoutAnyGroupIsAnError(String applicationName) {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.applicationName(applicationName).read(Handler.class))
			.satisfies((ex) -> {
				assertThat(ex.description()).isEqualTo(
						"Subscriber 'orders-handle' (Handler.handle(String) of bean 'orders') has no consumer group.");
				assertThat(ex.action()).contains("spring.application.name", "groupId", "millrace.subscriber.group-id",
						"spring.kafka.consumer.group-id");
			});
	}

	private static SubscriberSettings override(String groupId) {
		return new SubscriberSettings(new SubscriberSettings.Consumer(groupId, null, null, null, null, Map.of()),
				SubscriberSettings.Flow.NONE, SubscriberSettings.Delivery.NONE, SubscriberSettings.Body.NONE,
				SubscriberSettings.Retry.NONE, SubscriberSettings.DeadLetter.NONE);
	}

	private static String groupId(TestReader reader) {
		return reader.read(Handler.class).consumer().groupId();
	}

	static class Handler {

		@StreamSubscriber("in")
		void handle(String body) {
		}

	}

}
