package dev.millrace.config;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.millrace.AckPolicy;
import dev.millrace.Ordering;
import dev.millrace.StreamConfigurationException;
import dev.millrace.Unmatched;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.EffectiveSetting;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AnnotationSettings}: routers.
 */
class RouterTests {

	private final TestReader reader = new TestReader();

	@Test
	void prefixIsBeforeTopicsAndPublishers() {
		SubscriberEndpoint endpoint = this.reader.property("prefix", "shop.").readBean(new Shop()).get(0);

		assertThat(endpoint.subscription()).hasToString("shop.orders, shop.returns");
		assertThat(endpoint.publishers()).extracting(PublisherEndpoint::topic).containsExactly("shop.invoices");
	}

	@Test
	void prefixIsBeforeTemplates() {
		SubscriberEndpoint endpoint = this.reader.readBean(new Templated()).get(0);

		assertThat(endpoint.subscription().path("shop.logs.info")).containsEntry("level", "info");
		assertThat(endpoint.subscription().reads("logs.info")).isFalse();
	}

	@Test
	void prefixStandsForItselfInAPattern() {
		SubscriberEndpoint endpoint = this.reader.readBean(new Matching()).get(0);

		assertThat(endpoint.subscription().reads("shop.a1")).isTrue();
		assertThat(endpoint.subscription().reads("shop.b1")).isTrue();
		assertThat(endpoint.subscription().reads("shopXa1")).isFalse();
		assertThat(endpoint.subscription().reads("b1")).isFalse();
	}

	@Test
	void prefixesOfClassesAroundComeFirstAndTheInnermostSettingWins() {
		SubscriberEndpoint endpoint = this.reader.readBean(new Outer.Inner()).get(0);

		assertThat(endpoint.subscription()).hasToString("outer.inner.in");
		assertThat(endpoint.consumer().groupId()).isEqualTo("inner-group");
		assertThat(endpoint.flow().ordering()).isEqualTo(Ordering.KEY);
		assertThat(endpoint.delivery().ackPolicy()).isEqualTo(AckPolicy.NACK_ON_ERROR);
		assertThat(endpoint.delivery().unmatched()).isEqualTo(Unmatched.SKIP);
		assertThat(endpoint.delivery().retry().attempts()).isEqualTo(4);
		assertThat(endpoint.flow().concurrency()).isEqualTo(5);
		assertThat(endpoint.consumer().properties()).containsEntry("a", "inner").containsEntry("b", "outer");
	}

	@Test
	void subscriberWinsOverRoutersAndRoutersOverTheApplication() {
		SubscriberSettings applications = new SubscriberSettings(
				new SubscriberSettings.Consumer("application", null, 7, null, null, Map.of()),
				new SubscriberSettings.Flow(Ordering.NONE, 9, null, Duration.ofSeconds(1), null, null, null,
						SubscriberSettings.Batch.NONE),
				SubscriberSettings.Delivery.NONE, SubscriberSettings.Body.NONE, SubscriberSettings.Retry.NONE,
				SubscriberSettings.DeadLetter.NONE);
		SubscriberEndpoint endpoint = this.reader.defaults(applications).readBean(new Own()).get(0);

		assertThat(endpoint.consumer().groupId()).isEqualTo("own");
		assertThat(endpoint.flow().ordering()).isEqualTo(Ordering.KEY);
		assertThat(endpoint.flow().concurrency()).isEqualTo(9);
		assertThat(endpoint.consumer().consumers()).isEqualTo(7);
	}

	@Test
	void eachSettingSaysWhereItComesFrom() {
		SubscriberSettings applications = new SubscriberSettings(SubscriberSettings.Consumer.NONE,
				new SubscriberSettings.Flow(Ordering.NONE, 9, null, Duration.ofSeconds(1), null, null, null,
						SubscriberSettings.Batch.NONE),
				SubscriberSettings.Delivery.NONE, SubscriberSettings.Body.NONE, SubscriberSettings.Retry.NONE,
				SubscriberSettings.DeadLetter.NONE);
		SubscriberSettings override = new SubscriberSettings(SubscriberSettings.Consumer.NONE,
				new SubscriberSettings.Flow(null, null, 2.5, null, null, null, null, SubscriberSettings.Batch.NONE),
				SubscriberSettings.Delivery.NONE, SubscriberSettings.Body.NONE, SubscriberSettings.Retry.NONE,
				SubscriberSettings.DeadLetter.NONE);

		SubscriberEndpoint endpoint = this.reader.defaults(applications)
			.override("orders-handle", override)
			.readBean(new Outer.Inner())
			.get(0);

		assertThat(endpoint.settings()).contains(
				new EffectiveSetting("max-rate", "2.5", "millrace.subscribers.orders-handle"),
				new EffectiveSetting("retry.attempts", "4", "annotation"),
				new EffectiveSetting("concurrency", "5", "@StreamRouter of Inner"),
				new EffectiveSetting("ordering", "KEY", "@StreamRouter of Outer"),
				new EffectiveSetting("properties.a", "inner", "@StreamRouter of Inner"),
				new EffectiveSetting("properties.b", "outer", "@StreamRouter of Outer"),
				new EffectiveSetting("commit-interval", "PT1S", "millrace.subscriber"),
				new EffectiveSetting("stall-timeout", "PT5M", "default"),
				new EffectiveSetting("dead-letter.topic", null, "default"));
		assertThat(endpoint.settings()).extracting(EffectiveSetting::name).doesNotHaveDuplicates();
	}

	@Test
	void overrideWinsOverAll() {
		SubscriberSettings override = new SubscriberSettings(
				new SubscriberSettings.Consumer("special", null, null, null, null, Map.of()),
				SubscriberSettings.Flow.NONE, SubscriberSettings.Delivery.NONE, SubscriberSettings.Body.NONE,
				SubscriberSettings.Retry.NONE, SubscriberSettings.DeadLetter.NONE);

		assertThat(this.reader.override("orders-handle", override).readBean(new Own()).get(0).consumer().groupId())
			.isEqualTo("special");
	}

	@Test
	void routerIsInheritedUnlessASubclassHasItsOwn() {
		assertThat(this.reader.readBean(new Inheriting()).get(0).subscription()).hasToString("parent.in");
		assertThat(this.reader.readBean(new Replacing()).get(0).subscription()).hasToString("child.in");
	}

	@Test
	void routerHoldsForASubscriberOnTheSameClass() {
		SubscriberEndpoint endpoint = this.reader.readBean(new Together()).get(0);

		assertThat(endpoint.subscription()).hasToString("shop.in");
		assertThat(endpoint.publishers()).extracting(PublisherEndpoint::topic).containsExactly("shop.out");
	}

	@Test
	void prefixThatNoTopicCanHaveIsRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new Slashed()))
			.withMessageContaining("names the topic 'shop/in', which is not a legal name");
	}

	@StreamRouter(prefix = "${prefix}")
	static class Shop {

		@StreamSubscriber({ "orders", "returns" })
		@StreamPublisher("invoices")
		String handle(String text) {
			return text;
		}

	}

	@StreamRouter(prefix = "shop.")
	static class Templated {

		@StreamSubscriber("logs.{level}")
		void handle(String text) {
		}

	}

	@StreamRouter(prefix = "shop.")
	static class Matching {

		@StreamSubscriber(pattern = "a\\d|b\\d")
		void handle(String text) {
		}

	}

	@StreamRouter(prefix = "outer.", groupId = "outer-group", ordering = Ordering.KEY, concurrency = "3",
			ackPolicy = AckPolicy.ACK, properties = { "a=outer", "b=outer" })
	@Retry(attempts = "4")
	static class Outer {

		@StreamRouter(prefix = "inner.", groupId = "inner-group", ackPolicy = AckPolicy.NACK_ON_ERROR,
				unmatched = Unmatched.SKIP, concurrency = "5", properties = "a=inner")
		static class Inner {

			@StreamSubscriber("in")
			void handle(String text) {
			}

		}

	}

	@StreamRouter(groupId = "router", ordering = Ordering.KEY)
	static class Own {

		@StreamSubscriber(topics = "in", groupId = "own")
		void handle(String text) {
		}

	}

	@StreamRouter(prefix = "parent.")
	static class Parent {

		@StreamSubscriber("in")
		void handle(String text) {
		}

	}

	static class Inheriting extends Parent {

	}

	@StreamRouter(prefix = "child.")
	static class Replacing extends Parent {

	}

	@StreamRouter(prefix = "shop.")
	@StreamSubscriber("in")
	static class Together {

		@StreamHandler
		@StreamPublisher("out")
		String handle(String text) {
			return text;
		}

	}

	@StreamRouter(prefix = "shop/")
	static class Slashed {

		@StreamSubscriber("in")
		void handle(String text) {
		}

	}

}
