package dev.millrace.test.faststream;

import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import dev.millrace.DecodingException;
import dev.millrace.NackRecord;
import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamOperations;
import dev.millrace.StreamRecord;
import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberControl;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.HandlerCall;
import dev.millrace.test.StreamTestKit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What FastStream's tests of its test client show, on whatever broker.
 */
abstract class TestClientConformance {

	static final Map<String, Object> JOHN = Map.of("user", "John", "userId", 1);

	@Autowired
	private StreamTestKit kit;

	@Test
	@Behaviour(111)
	void kitAddsNoSubscribersAndNoGroups(@Autowired StreamSubscribers subscribers, @Autowired Admin admin)
			throws Exception {
		this.kit.publish("registrations", JOHN);
		assertThat(this.kit.topic("registered")).hasRecords(1);

		List<String> own = List.of("register", "welcome", "manual", "failing", "back", "batched", "intercepted",
				"orders");
		assertThat(subscribers.all()).extracting(SubscriberControl::id).containsExactlyInAnyOrderElementsOf(own);
		assertThat(admin.listGroups().all().get()).extracting(GroupListing::groupId)
			.isSubsetOf(own.stream().map((id) -> "test." + id).toList())
			.contains("test.register");
	}

	@Test
	@Behaviour(112)
	void callsOfAHandlerHaveItsArguments() {
		this.kit.publish("registrations", JOHN);

		assertThat(this.kit.subscriber("register")).wasCalledWith("John", 1).wasCalled(1);
	}

	@Test
	@Behaviour(113)
	void whatAPublisherHasPublishedIsInItsTopicAndInTheCall() {
		this.kit.publish("registrations", JOHN);

		assertThat(this.kit.topic("registered")).hasRecords(1).hasRecord().withBody("Registered John");
		assertThat(this.kit.subscriber("register")).published().withBody("Registered John").once();
	}

	@Test
	@Behaviour(114)
	void whatIsPublishedIsThereAlsoWhenASubscriberReadsIt() {
		this.kit.publish("registrations", JOHN);

		assertThat(this.kit.subscriber("welcome")).wasCalledWith("Registered John").wasCalled(1);
		assertThat(this.kit.topic("registered")).hasRecord().withBody("Registered John").once();
	}

	@Test
	@Behaviour(115)
	void whatAHandlerPublishesByItselfIsThere() {
		this.kit.publish("manual", "text");

		assertThat(this.kit.topic("manual-out")).hasRecord().withBody("by hand: text").once();
		assertThat(this.kit.subscriber("manual")).published().withBody("by hand: text").once();
	}

	@Test
	@Behaviour(116)
	void exceptionOfAHandlerIsInItsCall() {
		this.kit.publish("failing", "text");

		assertThat(this.kit.subscriber("failing")).threw(IllegalStateException.class).committed().deadLettered();
		assertThat(this.kit.subscriber("failing").calls()).singleElement()
			.satisfies((call) -> assertThat(call.failure()).hasMessage("Not text"));
	}

	@Test
	@Behaviour(117)
	void bodyThatCanNotBeReadIsADeadLetterThatSaysWhy() {
		this.kit.publish("registrations", "no registration");

		assertThat(this.kit.subscriber("register")).wasNotCalled()
			.committed()
			.deadLettered()
			.withBody("no registration")
			.withHeader("dead-letter-exception-class-name", DecodingException.class.getName())
			.once();
	}

	@Test
	@Behaviour({ 86, 87, 88 })
	void subscribersAndPublishersOfARouterAreSeenWithItsPrefix() {
		this.kit.publish("shop.orders", "apple");
		this.kit.publish("orders", "pear");

		assertThat(this.kit.subscriber("orders")).wasCalledWith("apple").wasCalled(1);
		assertThat(this.kit.topic("shop.receipts")).hasRecord().withBody("Receipt for apple").once();
		assertThat(this.kit.topic("shop.audit")).hasRecord().withBody("apple").once();
		assertThat(this.kit.subscriber("orders").calls().get(0).published()).extracting(StreamRecord::topic)
			.containsExactlyInAnyOrder("shop.receipts", "shop.audit");
	}

	@Test
	@Behaviour(126)
	void recordThatIsHandedBackComesAgain() {
		this.kit.publish("back", "text");

		assertThat(this.kit.subscriber("back")).threw(NackRecord.class).returned(null).committed().hasNoDeadLetters();
		assertThat(this.kit.subscriber("back").calls()).extracting(HandlerCall::attempt).containsExactly(1, 2);
	}

	@Test
	@Behaviour(132)
	void resultOfABatchIsARecordForEachElement() {
		this.kit.publish("batched", "a");

		assertThat(this.kit.subscriber("batched")).wasCalledWith(List.of("a")).returned(List.of("a1", "a2"));
		assertThat(this.kit.subscriber("batched").calls()).flatExtracting(HandlerCall::published)
			.extracting((record) -> record.body(String.class))
			.containsExactly("a1", "a2");
		assertThat(this.kit.topic("batched-out")).hasRecords(2);
	}

	@Test
	@Behaviour(133)
	void interceptorsAreAroundHandlersAndPublishers() {
		this.kit.publish("intercepted", "text");

		assertThat(this.kit.topic("intercepted-out")).hasRecord().withBody("<text>").withHeader("marked", "yes").once();
	}

	@SpringBootApplication
	@Import({ Handlers.class, Shop.class })
	static class Application {

		@Bean(defaultCandidate = false)
		SubscriberInterceptor around() {
			return (record, handling) -> "<" + handling.proceed() + ">";
		}

		@Bean(defaultCandidate = false)
		PublisherInterceptor marking() {
			return (record, publishing) -> publishing.proceed(record.withHeader("marked", "yes"));
		}

	}

	static class Handlers {

		private final StreamOperations stream;

		Handlers(StreamOperations stream) {
			this.stream = stream;
		}

		@StreamSubscriber(topics = "registrations", id = "register")
		@StreamPublisher("registered")
		String register(String user, int userId) {
			return "Registered " + user;
		}

		@StreamSubscriber(topics = "registered", id = "welcome")
		void welcome(String text) {
			// What it was called with is looked at.
		}

		@StreamSubscriber(topics = "manual", id = "manual")
		void manual(String text) {
			this.stream.publish("manual-out", "by hand: " + text);
		}

		@StreamSubscriber(topics = "failing", id = "failing")
		@Retry(attempts = "1")
		void fail(String text) {
			throw new IllegalStateException("Not " + text);
		}

		@StreamSubscriber(topics = "back", id = "back")
		void handBack(String text, StreamRecord record) {
			if (record.attempt() == 1) {
				throw new NackRecord();
			}
		}

		@StreamSubscriber(topics = "batched", id = "batched", batch = true)
		@StreamPublisher("batched-out")
		List<String> batch(List<String> texts) {
			return List.of(texts.get(0) + "1", texts.get(0) + "2");
		}

		@StreamSubscriber(topics = "intercepted", id = "intercepted", interceptors = "around")
		@StreamPublisher(value = "intercepted-out", interceptors = "marking")
		String intercepted(String text) {
			return text;
		}

	}

	@StreamRouter(prefix = "shop.")
	static class Shop {

		private final StreamOperations stream;

		Shop(StreamOperations stream) {
			this.stream = stream;
		}

		@StreamSubscriber(topics = "orders", id = "orders")
		@StreamPublisher("receipts")
		String order(String article) {
			this.stream.publish("shop.audit", article);
			return "Receipt for " + article;
		}

	}

}
