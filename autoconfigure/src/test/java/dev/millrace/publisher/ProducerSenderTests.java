package dev.millrace.publisher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.KafkaProducerException;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.ProducerListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ProducerSender}.
 */
class ProducerSenderTests {

	private final RefusingProducer producer = new RefusingProducer();

	private final Listener listener = new Listener();

	private final ProducerSender sender = new ProducerSender(new KafkaTemplate<>(new Factory(this.producer)),
			this.listener);

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
		this.producer.refusing = true;

		send(List.of(this.one));

		assertThat(this.unsent).hasSize(1);
		assertThat(this.unsent.get(0)).hasSize(1);
		assertThat(this.failures.get(0)).hasCauseInstanceOf(RecordTooLargeException.class);
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

		private boolean refusing;

		RefusingProducer() {
			super(false, null, new ByteArraySerializer(), new ByteArraySerializer());
		}

		@Override
		public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
			if (!this.refusing) {
				return super.send(record, callback);
			}
			RecordTooLargeException refusal = new RecordTooLargeException();
			callback.onCompletion(null, refusal);
			return CompletableFuture.failedFuture(refusal);
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
