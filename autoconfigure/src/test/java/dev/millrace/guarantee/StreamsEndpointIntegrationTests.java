package dev.millrace.guarantee;

import java.time.OffsetDateTime;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.actuate.endpoint.InvalidEndpointRequestException;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;

import dev.millrace.AckPolicy;
import dev.millrace.StreamOperations;
import dev.millrace.UnfinishedRecord;
import dev.millrace.actuate.HandlerDetails;
import dev.millrace.actuate.PartitionState;
import dev.millrace.actuate.StreamsDescription;
import dev.millrace.actuate.StreamsEndpoint;
import dev.millrace.actuate.SubscriberAction;
import dev.millrace.actuate.SubscriberDetails;
import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.StreamEndpointsAutoConfiguration;
import dev.millrace.endpoint.EffectiveSetting;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Actuator's endpoint {@code streams} shows what there is, and changes it.
 */
@Timeout(120)
class StreamsEndpointIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("streams-in", 1);

	private final String out = this.cluster.newTopic("streams-out", 1);

	private TestApplication application;

	private StreamsEndpoint endpoint;

	@BeforeEach
	void start() {
		this.application = TestApplication.start(Orders.class, "in=" + this.in, "out=" + this.out,
				"management.endpoints.web.exposure.include=streams",
				"millrace.subscribers.orders.properties[sasl.jaas.config]=secret",
				"millrace.subscribers.orders.properties[my.token]=secret",
				"millrace.subscribers.orders.properties[fetch.min.bytes]=10");
		this.endpoint = this.application.bean(StreamsEndpoint.class);
	}

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void overviewHasAllSubscribersAndPublishers() {
		this.application.bean(StreamOperations.class).publisher(this.out, String.class);

		StreamsDescription streams = this.endpoint.streams();

		assertThat(streams.subscribers()).singleElement().satisfies((subscriber) -> {
			assertThat(subscriber.id()).isEqualTo("orders");
			assertThat(subscriber.reads()).isEqualTo(this.in);
			assertThat(subscriber.publishes()).containsExactly(this.out);
			assertThat(subscriber.groupId()).isEqualTo("test.orders");
			assertThat(subscriber.state().running()).isTrue();
		});
		assertThat(streams.publishers()).containsKey(this.out);
	}

	@Test
	void detailsHaveHandlersSettingsAndWhatIsDone() {
		this.cluster.send(this.in, "k", "good");
		this.cluster.send(this.in, "k", "bad");
		await().until(() -> this.cluster.committed("test.orders", this.in) == 2);

		SubscriberDetails details = details();

		assertThat(details.handlers()).extracting(HandlerDetails::method)
			.containsExactly("Orders.big(String) of bean '" + beanName() + "'",
					"Orders.handle(String) of bean '" + beanName() + "'");
		assertThat(details.handlers()).extracting(HandlerDetails::filter).containsExactly("header size=big", null);
		assertThat(details.handlers().get(1).publishers())
			.containsExactly(new HandlerDetails.Publisher(this.out, "'all'", null));
		assertThat(details.state().counts()).containsEntry("processed", 1L)
			.containsEntry("failed", 1L)
			.containsEntry("dead-lettered", 1L)
			.containsEntry("dropped", 0L);
		assertThat(details.state().concurrency()).isEqualTo(7);
		assertThat(details.state().maxRate()).isNull();
		assertThat(details.state().oldestUnfinished()).isNull();
		assertThat(details.settings()).contains(new EffectiveSetting("concurrency", "7", "annotation"),
				new EffectiveSetting("group-id", "test.orders", "spring.application.name"));
		assertThat(details.partitions()).containsExactly(new PartitionState(this.in, 0, "test.orders", 2, 2, 0));
		assertThat(this.endpoint.subscriber("nobody")).isNull();
	}

	@Test
	void secretsAmongTheSettingsAreHidden() {
		String source = "millrace.subscribers.orders";

		assertThat(details().settings()).contains(new EffectiveSetting("properties.sasl.jaas.config", "******", source),
				new EffectiveSetting("properties.my.token", "******", source),
				new EffectiveSetting("properties.fetch.min.bytes", "10", source));
		assertThat(details().toString()).doesNotContain("secret");
	}

	@Test
	void oldestUnfinishedRecordIsShown() {
		this.cluster.send(this.in, "k", "wait");

		await().until(() -> details().state().oldestUnfinished() != null);
		assertThat(details().state().oldestUnfinished()).extracting(UnfinishedRecord::toString)
			.isEqualTo(this.in + "-0@0 (key k)");
		assertThat(details().state().lanes()).isEqualTo(1);
		this.application.bean(Orders.class).gate.countDown();
		await().until(() -> details().state().oldestUnfinished() == null);
	}

	@Test
	void subscriberIsPausedResumedStoppedAndStarted() {
		this.cluster.send(this.in, "k", "now");
		await().until(() -> this.cluster.committed("test.orders", this.in) == 1);
		assertThat(act(SubscriberAction.PAUSE).state().paused()).isTrue();
		assertThat(act(SubscriberAction.RESUME).state().paused()).isFalse();
		assertThat(act(SubscriberAction.STOP).state().running()).isFalse();
		this.cluster.send(this.in, "k", "later");
		assertThat(details().partitions()).extracting(PartitionState::lag).containsExactly(1L);
		assertThat(act(SubscriberAction.START).state().running()).isTrue();
		await().until(() -> handled().contains("later"));
	}

	@Test
	void subscriberGoesOnElsewhere() {
		this.cluster.send(this.in, "k", "a");
		this.cluster.send(this.in, "k", "b");
		await().until(() -> this.cluster.committed("test.orders", this.in) == 2);

		this.endpoint.act("orders", SubscriberAction.SEEK, this.in, 0, 1L, null);
		await().until(() -> handled().size() == 3);
		this.endpoint.act("orders", SubscriberAction.SEEK, null, null, null, OffsetDateTime.now().minusHours(1));
		await().until(() -> handled().size() == 5);
		act(SubscriberAction.SEEK_TO_BEGINNING);
		await().until(() -> handled().size() == 7);
		assertThat(handled()).containsExactly("a", "b", "b", "a", "b", "a", "b");
	}

	@Test
	void whatCanNotBeDoneIsRefusedWithTheReason() {
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.act("orders", SubscriberAction.SEEK, this.in, null, null, null))
			.withMessageContaining("either topic, partition and offset, or time");
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.act("orders", SubscriberAction.SEEK, this.in, 5, 0L, null))
			.withMessageContaining("does not have the partition " + this.in + "-5");
		assertThatExceptionOfType(InvalidEndpointRequestException.class)
			.isThrownBy(() -> this.endpoint.change("orders", 0, null))
			.withMessageContaining("at least 1");
		assertThat(this.endpoint.act("nobody", SubscriberAction.STOP, null, null, null, null)).isNull();
	}

	@Test
	void concurrencyAndRateAreChanged() {
		assertThat(this.endpoint.change("orders", 3, 5.5)).isNotNull();
		assertThat(details().state().concurrency()).isEqualTo(3);
		assertThat(details().state().maxRate()).isEqualTo(5.5);
		assertThat(this.endpoint.change("orders", null, 0.0)).isNotNull();
		assertThat(details().state().concurrency()).isEqualTo(3);
		assertThat(details().state().maxRate()).isNull();
	}

	private SubscriberDetails act(SubscriberAction action) {
		SubscriberDetails details = this.endpoint.act("orders", action, null, null, null, null);
		assertThat(details).isNotNull();
		return details;
	}

	private SubscriberDetails details() {
		SubscriberDetails details = this.endpoint.subscriber("orders");
		assertThat(details).isNotNull();
		return details;
	}

	private Queue<String> handled() {
		return this.application.bean(Orders.class).handled;
	}

	private String beanName() {
		return this.application.context().getBeanNamesForType(Orders.class)[0];
	}

	@ImportAutoConfiguration(StreamEndpointsAutoConfiguration.class)
	@StreamSubscriber(topics = "${in}", id = "orders", concurrency = "7", ackPolicy = AckPolicy.REJECT_ON_ERROR)
	static class Orders {

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		final CountDownLatch gate = new CountDownLatch(1);

		@StreamHandler
		@StreamFilter(headers = "size=big")
		void big(String body) {
		}

		@StreamHandler
		@StreamPublisher(topic = "${out}", key = "'all'")
		String handle(String body) throws InterruptedException {
			if (body.equals("bad")) {
				throw new IllegalStateException(body);
			}
			if (body.equals("wait")) {
				this.gate.await();
			}
			this.handled.add(body);
			return body;
		}

	}

}
