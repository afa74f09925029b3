package dev.millrace.publisher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.KafkaThread;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaProducerException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;

import dev.millrace.StreamException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProducerSender}.
 */
class ProducerSenderTests {

	private final RefusingProducer producer = new RefusingProducer();

	private final Listener listener = new Listener();

	private final Queue<Runnable> handedOver = new ArrayDeque<>();

	private final ProducerSender sender = new ProducerSender(new KafkaTemplate<>(new Factory(this.producer)),
			this.listener, this.handedOver::add);

	private final List<List<ProducerRecord<byte[], byte[]>>> unsent = new ArrayList<>();

	private final List<@Nullable Throwable> failures = new ArrayList<>();

	private final ProducerRecord<byte[], byte[]> one = record("one");

	private final ProducerRecord<byte[], byte[]> two = record("two");

	@Test
	void endsWhenTheBrokerHasConfirmedAll() {
		send(List.of(this.one, this.two));
		this.producer.completeNext();
		assertThat(this.unsent).isEmpty();

		this.producer.completeNext();

		assertThat(this.producer.history()).containsExactly(this.one, this.two);
		assertThat(this.unsent).containsExactly(List.of());
		assertThat(this.failures).containsOnlyNulls();
		assertThat(this.listener.events).containsExactly("success one", "success two");
	}

	@Test
	void namesWhatTheBrokerHasRefused() {
		send(List.of(this.one, this.two));
		this.producer.completeNext();
		this.producer.errorNext(new RecordTooLargeException());

		assertThat(this.unsent.get(0)).extracting(ProducerRecord::value).containsExactly(this.two.value());
		assertThat(this.failures.get(0)).isInstanceOf(KafkaProducerException.class)
			.hasCauseInstanceOf(RecordTooLargeException.class);
		assertThat(this.listener.events).containsExactly("success one", "error two");
	}

	@Test
	void refusalOfOneDoesNotKeepTheOthersBack() {
		this.producer.sendException = new RecordTooLargeException();

		send(List.of(this.one, this.two));

		assertThat(this.unsent.get(0)).hasSize(2);
		assertThat(this.failures.get(0)).isSameAs(this.producer.sendException);
	}

	@Test
	void errorIsAFailureToo() {
		this.producer.error = new NoClassDefFoundError();

		send(List.of(this.one));

		assertThat(this.unsent).containsExactly(List.of(this.one));
		assertThat(this.failures).containsExactly(this.producer.error);
	}

	@Test
	void listenerThatFailsLosesNothing() {
		this.listener.failing = true;
		send(List.of(this.one));

		this.producer.completeNext();

		assertThat(this.unsent).containsExactly(List.of());
		assertThat(this.listener.events).containsExactly("success one");
	}

	@Test
	void listenerThatFailsWithinTheSendEndsItOnce() {
		this.listener.failing = true;
		this.producer.refusal = new RecordTooLargeException();

		send(List.of(this.one));

		assertThat(this.unsent).hasSize(1);
		assertThat(this.unsent.get(0)).hasSize(1);
		assertThat(this.failures.get(0)).hasCauseInstanceOf(RecordTooLargeException.class);
	}

	@Test
	void whatAConfirmationLeadsToIsNotSentOnTheThreadOfTheProducer() throws InterruptedException {
		this.sender.send(List.of(this.one), (unsent, failure) -> send(List.of(this.two)));
		onThreadOfProducer(this.producer::completeNext);
		assertThat(this.producer.history()).containsExactly(this.one);

		this.handedOver.remove().run();

		assertThat(this.producer.history()).containsExactly(this.one, this.two);
		this.producer.completeNext();
		assertThat(this.unsent).containsExactly(List.of());
	}

	@Test
	void whatIsSentToTheSameTopicLaterDoesNotOvertakeIt() throws InterruptedException {
		ProducerRecord<byte[], byte[]> three = record("three");
		ProducerRecord<byte[], byte[]> elsewhere = new ProducerRecord<>("elsewhere", new byte[0]);
		onThreadOfProducer(() -> send(List.of(this.one)));

		send(List.of(elsewhere, this.two));
		assertThat(this.producer.history()).containsExactly(elsewhere, this.one, this.two);
		onThreadOfProducer(() -> send(List.of(three)));
		while (!this.handedOver.isEmpty()) {
			this.handedOver.remove().run();
		}

		assertThat(this.producer.history()).containsExactly(elsewhere, this.one, this.two, three);
		send(List.of(this.one));
		assertThat(this.producer.history()).hasSize(5);
	}

	@Test
	void partitionThatTheTopicDoesNotHaveIsNoBrokerThatCanNotBeReached() {
		this.producer.refusal = new TimeoutException("Partition 3 of topic t is not present in metadata");

		send(List.of(new ProducerRecord<>("t", 3, null, new byte[0])));
		send(List.of(new ProducerRecord<>("t", 1, null, new byte[0])));
		send(List.of(new ProducerRecord<>("t", new byte[0])));

		assertThat(this.failures.get(0)).isInstanceOf(KafkaProducerException.class)
			.cause()
			.isInstanceOf(StreamException.class)
			.hasMessage("Can't publish to partition 3 of 't', which has 2")
			.hasCause(this.producer.refusal);
		assertThat(this.failures.subList(1, 3))
			.allSatisfy((failure) -> assertThat(failure).hasCause(this.producer.refusal));
	}

	@Test
	void partitionsThatNobodyKnowsExplainNothing() {
		this.producer.refusal = new TimeoutException("Partition 3 of topic t is not present in metadata");
		this.producer.partitionsForException = new TimeoutException();

		send(List.of(new ProducerRecord<>("t", 3, null, new byte[0])));

		assertThat(this.failures.get(0)).hasCause(this.producer.refusal);
	}

	@Test
	void topicThatNobodyKnowsIsNotAskedForAgain() {
		this.producer.refusal = new TimeoutException("Topic t not present in metadata after 60000 ms.");

		send(List.of(new ProducerRecord<>("t", 3, null, new byte[0])));

		assertThat(this.failures.get(0)).hasCause(this.producer.refusal);
	}

	@Test
	void whatNoThreadTakesOverIsNotSent() throws InterruptedException {
		ProducerSender refused = new ProducerSender(new KafkaTemplate<>(new Factory(this.producer)), this.listener,
				(task) -> {
					throw new RejectedExecutionException();
				});

		onThreadOfProducer(() -> refused.send(List.of(this.one), (unsent, failure) -> {
			this.unsent.add(unsent);
			this.failures.add(failure);
		}));

		assertThat(this.unsent).containsExactly(List.of(this.one));
		assertThat(this.failures.get(0)).isInstanceOf(RejectedExecutionException.class);
	}

	private static void onThreadOfProducer(Runnable action) throws InterruptedException {
		KafkaThread thread = KafkaThread.daemon("network", action);
		thread.start();
		thread.join();
	}

	private void send(List<ProducerRecord<byte[], byte[]>> records) {
		this.sender.send(records, (unsent, failure) -> {
			this.unsent.add(unsent);
			this.failures.add(failure);
		});
	}

	private static ProducerRecord<byte[], byte[]> record(String value) {
		return new ProducerRecord<>("t", 0, null, value.getBytes(StandardCharsets.UTF_8));
	}

	private static final class Listener implements ProducerListener<byte[], byte[]> {

		private final List<String> events = new ArrayList<>();

		private boolean failing;

		@Override
		public void onSuccess(ProducerRecord<byte[], byte[]> record, RecordMetadata metadata) {
			told("success", record);
		}

		@Override
		public void onError(ProducerRecord<byte[], byte[]> record, @Nullable RecordMetadata metadata,
				Exception failure) {
			told("error", record);
		}

		private void told(String what, ProducerRecord<byte[], byte[]> record) {
			this.events.add(what + " " + new String(record.value(), StandardCharsets.UTF_8));
			if (this.failing) {
				throw new IllegalStateException("A listener with a bug");
			}
		}

	}

	/** Like Kafka's, it may refuse a record before it returns. */
	private static final class RefusingProducer extends MockProducer<byte[], byte[]> {

		private @Nullable ApiException refusal;

		private @Nullable Error error;

		RefusingProducer() {
			super(new Cluster("c", List.of(), List.of(partition(0), partition(1)), Set.of(), Set.of()), false, null,
					new ByteArraySerializer(), new ByteArraySerializer());
		}

		@Override
		public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
			if (this.error != null) {
				throw this.error;
			}
			ApiException refusal = this.refusal;
			if (refusal == null) {
				return super.send(record, callback);
			}
			callback.onCompletion(null, refusal);
			return CompletableFuture.failedFuture(refusal);
		}

		private static PartitionInfo partition(int number) {
			return new PartitionInfo("t", number, null, new Node[0], new Node[0]);
		}

	}

	/** Its producers outlive those who have used them. */
	private static final class Factory extends DefaultKafkaProducerFactory<byte[], byte[]> {

		private final Producer<byte[], byte[]> producer;

		Factory(Producer<byte[], byte[]> producer) {
			super(Map.of());
			this.producer = producer;
		}

		@Override
		protected Producer<byte[], byte[]> createKafkaProducer() {
			return this.producer;
		}

	}

}
