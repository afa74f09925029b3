package dev.millrace.failure;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

import dev.millrace.AckPolicy;
import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.Timer;
import dev.millrace.dispatch.WindowLimits;
import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.ForwardObserver;
import dev.millrace.support.TestCluster;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a record gets into a retry topic.
 */
class TopicRetryTests implements DerivedTopics {

	private static final TopicPartition IN = new TopicPartition("in", 1);

	private final List<ProducerRecord<byte[], byte[]>> sent = new ArrayList<>();

	private final List<Confirmation> confirmations = new ArrayList<>();

	private final List<String> forgotten = new ArrayList<>();

	private final List<String> notes = new ArrayList<>();

	private final List<Runnable> alarms = new ArrayList<>();

	private int partitions = 2;

	private InFlightRecord record;

	@Test
	void recordIsFinishedWhenTheBrokerHasConfirmedThatItWaits() {
		fail(Duration.ofMillis(1500));

		assertThat(this.record.isFinished()).isFalse();
		ProducerRecord<byte[], byte[]> waiting = this.sent.get(0);
		assertThat(waiting.topic()).isEqualTo("retry");
		assertThat(waiting.partition()).isEqualTo(1);
		assertThat(waiting.timestamp()).isEqualTo(1234);
		assertThat(waiting.key()).containsExactly(1);
		assertThat(waiting.value()).containsExactly(2);
		assertThat(header(waiting, "due")).isEqualTo("101500");
		assertThat(header(waiting, "attempts")).isEqualTo("1");
		confirm(null);
		assertThat(this.record.isFinished()).isTrue();
		assertThat(this.sent).hasSize(1);
		assertThat(this.notes).containsExactly("begun 17", "ended true, finished true");
	}

	@Test
	void partOfAMillisecondIsWaitedForToo() {
		fail(Duration.ofNanos(1));

		assertThat(header(this.sent.get(0), "due")).isEqualTo("100001");
	}

	@Test
	void recordThatCouldNotBeWrittenIsWrittenAgainAsItWas() {
		fail(Duration.ofMinutes(1));
		confirm(new RecordTooLargeException());

		assertThat(this.record.isFinished()).isFalse();
		assertThat(this.forgotten).containsExactly("retry");
		this.alarms.remove(0).run();
		assertThat(this.sent).hasSize(2);
		assertThat(this.sent.get(1).headers()).isEqualTo(this.sent.get(0).headers());
		confirm(null);
		assertThat(this.record.isFinished()).isTrue();
		assertThat(this.notes).containsExactly("begun 17", "ended false, finished false", "begun 17",
				"ended true, finished true");
	}

	@Test
	void topicThatCanNotBeFoundIsLookedForAgain() {
		this.partitions = -1;
		fail(Duration.ZERO);

		assertThat(this.sent).isEmpty();
		assertThat(this.record.isFinished()).isFalse();
		this.partitions = 1;
		this.alarms.remove(0).run();
		assertThat(this.sent).hasSize(1);
		assertThat(this.sent.get(0).partition()).isNull();
	}

	@Override
	public CompletionStage<Integer> partitions(DerivedTopic topic) {
		assertThat(topic.sources()).containsExactly("in");
		return (this.partitions >= 0) ? CompletableFuture.completedFuture(this.partitions)
				: CompletableFuture.failedFuture(new IllegalStateException("gone"));
	}

	@Override
	public void forget(String topic) {
		this.forgotten.add(topic);
	}

	private void fail(Duration delay) {
		TopicRetry retry = new TopicRetry(TestEndpoint.of(TestEndpoint.delivery(AckPolicy.ACK_ON_SUCCESS)),
				new RecordForwarder(this, (records, confirmed) -> {
					this.sent.addAll(records);
					this.confirmations.add(confirmed);
				}, Runnable::run, ForwardObserver.NONE), Clock.fixed(Instant.ofEpochMilli(100_000), ZoneOffset.UTC),
				this::note);
		Lanes lanes = new Lanes((partition, record) -> record, Runnable::run, 1, Double.POSITIVE_INFINITY,
				new Alarms());
		Assignment assignment = new Assignment(lanes, (record) -> {
			this.record = record;
			retry.retry(record, delay, new IllegalStateException("why"), (again) -> {
				throw new AssertionError("Everything is forgotten but the record");
			});
			return null;
		}, () -> new WindowLimits(10, 5, false), () -> {
		});
		assignment.add(IN, List.of(new ConsumerRecord<>(IN.topic(), IN.partition(), 17, 1234, TimestampType.CREATE_TIME,
				1, 1, new byte[] { 1 }, new byte[] { 2 }, new RecordHeaders(), Optional.empty())));
	}

	private TopicWrites.Write note(ConsumerRecord<byte[], byte[]> original) {
		this.notes.add("begun " + original.offset());
		return (confirmed) -> this.notes.add("ended %s, finished %s".formatted(confirmed, this.record.isFinished()));
	}

	private void confirm(Exception problem) {
		Confirmation confirmation = this.confirmations.remove(0);
		confirmation.completed((problem != null) ? List.copyOf(this.sent) : List.of(), problem);
	}

	private static String header(ProducerRecord<?, ?> record, String name) {
		return TestCluster.text(record.headers().lastHeader("retry-" + name).value());
	}

	private final class Alarms implements Timer {

		private long now;

		@Override
		public long nanoTime() {
			return this.now;
		}

		@Override
		public Instant instant() {
			return Instant.EPOCH.plusNanos(this.now);
		}

		@Override
		public void schedule(long delayNanos, Runnable task) {
			TopicRetryTests.this.alarms.add(() -> {
				this.now += delayNanos;
				task.run();
			});
		}

	}

}
