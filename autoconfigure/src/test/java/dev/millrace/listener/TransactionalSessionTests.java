package dev.millrace.listener;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.core.ResolvableType;
import org.springframework.kafka.listener.MessageListenerContainer;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.Ordering;
import dev.millrace.codec.BodyWriter;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Timer;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.DerivedTopics;
import dev.millrace.handler.RecordFilter;
import dev.millrace.handler.RecordInvoker;
import dev.millrace.handler.TestDelivery;
import dev.millrace.publisher.PublisherInterceptors;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.ReplyPublisher;
import dev.millrace.publisher.TransactionalProducer;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willAnswer;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

/**
 * Tests for {@link TransactionalSession}: transactions of which nobody knows how they
 * ended.
 */
class TransactionalSessionTests {

	private static final TopicPartition IN = new TopicPartition("in", 0);

	private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

	private final List<TransactionalProducer> producers = new ArrayList<>();

	private final TransactionalProducer first = mock(TransactionalProducer.class);

	private final List<Long> handled = new ArrayList<>();

	private final MessageListenerContainer container = mock(MessageListenerContainer.class);

	private @Nullable RuntimeException failure;

	private TransactionalSession session;

	@BeforeEach
	void setUp() {
		this.consumer.assign(Set.of(IN));
		this.consumer.updateBeginningOffsets(Map.of(IN, 0L));
		given(this.container.isRunning()).willReturn(true);
		this.session = session(Ordering.PARTITION, Duration.ofMinutes(1));
	}

	private TransactionalSession session(Ordering ordering, Duration time) {
		SubscriberRuntime runtime = runtime(ordering);
		return new TransactionalSession(runtime, processors(runtime), this::newProducer, this.consumer, this.container,
				time);
	}

	private static SubscriberRuntime runtime(Ordering ordering) {
		return new SubscriberRuntime(TestEndpoint.publishing(), null, LaneSelector.of(ordering), Runnable::run,
				Timer.SYSTEM, Surroundings.NONE);
	}

	private RecordProcessors processors(SubscriberRuntime runtime) {
		SubscriberEndpoint endpoint = runtime.endpoint();
		HandlerRoute<RecordInvoker> route = new HandlerRoute<>(RecordFilter.ALL, (delivery) -> {
			this.handled.add(delivery.source().offset());
			if (this.failure != null) {
				throw this.failure;
			}
			return null;
		}, new ReplyPublisher(endpoint.handlers().get(0), ResolvableType.forClass(void.class),
				new BodyWriter(JsonMapper.shared()), null, PublisherInterceptors.NONE));
		return new RecordProcessors(runtime, TestDelivery.deliveries(), new HandlerRoutes<>(endpoint, List.of(route)),
				mock(DerivedTopics.class), mock(RecordScopes.class), Runnable::run);
	}

	@Test
	void recordsWhoseCommitHadNoAnswerButSucceededAreNotHandledAgain() {
		send(3);
		willThrow(new TimeoutException()).given(this.first).commit();
		poll();
		this.consumer.commitSync(Map.of(IN, new OffsetAndMetadata(3)));

		prepareAgain();

		assertThat(this.consumer.position(IN)).isEqualTo(3);
		assertThat(this.handled).containsExactly(0L, 1L, 2L);
		verify(this.first, never()).abort();
		verify(this.first).close();
	}

	@Test
	void recordsWhoseCommitHadNoAnswerAndFailedAreHandledAgain() {
		send(3);
		willThrow(new TimeoutException()).given(this.first).commit();
		poll();

		prepareAgain();

		assertThat(this.consumer.position(IN)).isZero();
		assertThat(this.producers).hasSize(2);
	}

	@Test
	void recordsWhoseOffsetsWereRefusedAreHandledAgain() {
		send(3);
		willThrow(new TimeoutException()).given(this.first).addOffsets(any(), any());
		poll();

		prepareAgain();

		assertThat(this.consumer.position(IN)).isZero();
		verify(this.first).abort();
		verify(this.first, never()).commit();
	}

	@Test
	void nothingIsPolledUntilTheBrokerHasSaidWhatIsCommitted() {
		send(3);
		willThrow(new TimeoutException()).given(this.first).commit();
		poll();
		this.session.beforePoll();

		assertThat(this.consumer.paused()).containsExactly(IN);
	}

	@Test
	void membershipIsTheOneThatHasPolled() {
		send(1);
		ConsumerGroupMetadata member = this.consumer.groupMetadata();
		poll();

		verify(this.first).addOffsets(Map.of(IN, new OffsetAndMetadata(1)), member);
	}

	@Test
	void recordsOfAPartitionThatWasLostMeanwhileAreNotHandled() {
		send(1);
		this.session.beforePoll();
		ConsumerRecords<byte[], byte[]> records = this.consumer.poll(Duration.ZERO);
		this.consumer.unsubscribe();
		this.session.polled(records, new ShutdownReport());

		assertThat(this.handled).isEmpty();
		assertThat(this.producers).isEmpty();
	}

	@Test
	void recordsOfAPartitionThatIsLeavingAreNotHandled() {
		send(2);
		this.session.revoked(List.of(IN));
		poll();
		assertThat(this.handled).isEmpty();

		this.session.assigned(List.of(IN));
		this.consumer.seek(IN, 0);
		send(2);
		poll();
		assertThat(this.handled).containsExactly(0L, 1L);
	}

	@Test
	void nothingBeginsInATransactionThatWillBeAborted() {
		this.session = session(Ordering.NONE, Duration.ofMillis(100));
		this.failure = new IllegalStateException("later than the transaction lasts");
		send(3);
		poll();

		assertThat(this.handled).containsExactly(0L);
		verify(this.first).abort();
	}

	@Test
	void consumerOfTheNextStartIsNotForgottenWithThoseThatHaveStopped() {
		SubscriberRuntime runtime = runtime(Ordering.PARTITION);
		TransactionalListener listener = new TransactionalListener(runtime, processors(runtime), (number) -> {
			TransactionalProducer producer = newProducer();
			if (producer != this.first) {
				willThrow(new TimeoutException()).given(producer).addOffsets(any(), any());
			}
			return producer;
		}, Duration.ofMinutes(1), this.container);
		MockConsumer<byte[], byte[]> next = new MockConsumer<>("earliest");
		next.assign(Set.of(IN));
		next.updateBeginningOffsets(Map.of(IN, 0L));
		send(this.consumer, 1);
		send(next, 1);
		poll(listener, this.consumer);
		willAnswer((close) -> {
			poll(listener, next);
			return null;
		}).given(this.first).close();

		listener.reportStop();

		assertThat(next.position(IN)).isEqualTo(1);
		await().until(() -> {
			listener.setupThreadState(next);
			return next.position(IN) == 0;
		});
	}

	private static void poll(TransactionalListener listener, MockConsumer<byte[], byte[]> consumer) {
		listener.setupThreadState(consumer);
		listener.onMessage(consumer.poll(Duration.ZERO), null, consumer);
	}

	private void send(int count) {
		send(this.consumer, count);
	}

	private static void send(MockConsumer<byte[], byte[]> consumer, int count) {
		for (int i = 0; i < count; i++) {
			consumer.addRecord(new ConsumerRecord<>("in", 0, i, new byte[0], new byte[0]));
		}
	}

	private void poll() {
		this.session.beforePoll();
		ConsumerRecords<byte[], byte[]> records = this.consumer.poll(Duration.ZERO);
		this.session.polled(records, new ShutdownReport());
	}

	// The delay of the test's endpoint is about a second.
	private void prepareAgain() {
		await().until(() -> {
			this.session.beforePoll();
			return this.consumer.paused().isEmpty();
		});
	}

	private TransactionalProducer newProducer() {
		TransactionalProducer producer = (this.producers.isEmpty()) ? this.first : mock(TransactionalProducer.class);
		this.producers.add(producer);
		return producer;
	}

}
