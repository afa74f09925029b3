package dev.millrace.config;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.millrace.StreamConfigurationException;
import dev.millrace.Unmatched;
import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.FilterSettings;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link DeclarationFinder}, {@link HandlerReader} and
 * {@link DeclarationOrder}: several handlers of one subscriber.
 */
class HandlersTests {

	private final TestReader reader = new TestReader();

	@Test
	void handlersAreAskedInTheOrderOfTheSourceAndTheOneWithoutAFilterLast() {
		SubscriberEndpoint endpoint = this.reader.readBean(new Several()).get(0);

		assertThat(endpoint.id()).isEqualTo("orders");
		assertThat(endpoint.handlers()).extracting((handler) -> handler.method().method().toString())
			.extracting((method) -> method.substring(method.indexOf("Several")))
			.containsExactly("Several.zulu(java.lang.String)", "Several.on(int)", "Several.on(java.lang.String)",
					"Several.alpha(java.lang.String)", "Several.on(long)");
		assertThat(endpoint.delivery().unmatched()).isEqualTo(Unmatched.DEAD_LETTER);
		assertThat(endpoint.describe())
			.startsWith("Subscriber 'orders' (Several.zulu(String) of bean 'orders' and 4 more");
	}

	@Test
	void inheritedHandlersAreAskedAfterThoseOfTheClass() {
		assertThat(this.reader.readBean(new Inheriting()).get(0).handlers())
			.extracting((handler) -> handler.method().method().getName())
			.containsExactly("own", "inherited");
	}

	@Test
	void filterHasAllItsConditions() {
		List<HandlerEndpoint> handlers = this.reader.property("type", "order")
			.readBean(new Filters())
			.get(0)
			.handlers();

		assertThat(handlers).extracting(HandlerEndpoint::filter)
			.containsExactly(
					new FilterSettings("text/plain", Map.of("kind", "order", "id", "*"), "key == 'a'", "mine"));
	}

	@Test
	void handlersAndSubscribersOfOneClassAreSubscribersOfTheirOwn() {
		assertThat(this.reader.readBean(new Mixed())).extracting(SubscriberEndpoint::id)
			.containsExactlyInAnyOrder("orders", "orders-alone");
	}

	@Test
	void classWithoutHandlersIsRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new WithoutHandlers()))
			.withMessageContaining("WithoutHandlers of bean 'orders' has @StreamSubscriber, but no method")
			.satisfies((ex) -> assertThat(ex.action()).contains("@StreamHandler"));
	}

	@Test
	void handlersWithoutASubscriberAreRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new WithoutSubscriber()))
			.withMessageContaining("WithoutSubscriber of bean 'orders' has methods with @StreamHandler, but no");
	}

	@Test
	void filterOfNoHandlerIsRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new OnlyFilter()))
			.withMessageContaining("OnlyFilter.handle(String) of bean 'orders' has @StreamFilter but no");
	}

	@Test
	void twoHandlersWithoutAFilterAreRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new TwoForAll()))
			.withMessageContaining("several handlers without a filter")
			.withMessageContaining("TwoForAll.first(String)")
			.withMessageContaining("TwoForAll.second(String)");
	}

	@Test
	void filterWithoutAConditionIsRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new EmptyFilter()))
			.withMessageContaining(
					"EmptyFilter.handle(String) of bean 'orders' has a @StreamFilter without a condition");
	}

	@StreamSubscriber("in")
	static class Several {

		@StreamHandler
		@StreamFilter("key == 'z'")
		void zulu(String text) {
		}

		@StreamHandler
		void on(long everythingElse) {
		}

		@StreamHandler
		@StreamFilter("key == 'i'")
		void on(int number) {
		}

		@StreamHandler
		@StreamFilter("key == 's'")
		void on(String text) {
		}

		@StreamHandler
		@StreamFilter("key == 'a'")
		void alpha(String text) {
		}

	}

	@StreamSubscriber("in")
	static class Inherited {

		@StreamHandler
		@StreamFilter("key == 'a'")
		void inherited(String text) {
		}

	}

	static class Inheriting extends Inherited {

		@StreamHandler
		@StreamFilter("key == 'b'")
		void own(String text) {
		}

	}

	static class Filters {

		@StreamSubscriber("in")
		@StreamFilter(contentType = "text/plain", headers = { "kind=${type}", "id=*" }, expression = "key == 'a'",
				predicate = "mine")
		void handle(String text) {
		}

	}

	@StreamSubscriber("in")
	static class Mixed {

		@StreamHandler
		void handle(String text) {
		}

		@StreamSubscriber("other")
		void alone(String text) {
		}

	}

	@StreamSubscriber("in")
	static class WithoutHandlers {

		void handle(String text) {
		}

	}

	static class WithoutSubscriber {

		@StreamHandler
		void handle(String text) {
		}

	}

	static class OnlyFilter {

		@StreamFilter("key == 'a'")
		void handle(String text) {
		}

	}

	@StreamSubscriber("in")
	static class TwoForAll {

		@StreamHandler
		void first(String text) {
		}

		@StreamHandler
		void second(String text) {
		}

	}

	static class EmptyFilter {

		@StreamSubscriber("in")
		@StreamFilter
		void handle(String text) {
		}

	}

}
