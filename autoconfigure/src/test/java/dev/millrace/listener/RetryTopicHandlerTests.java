package dev.millrace.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;
import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.dispatch.Timer;
import dev.millrace.dispatch.WindowLimits;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How records leave a retry topic: time passes when a test says so.
 */
class RetryTopicHandlerTests {

	private static final TopicPartition RETRY = new TopicPartition("retry", 0);

	private static final TopicPartition IN = new TopicPartition("in", 0);

	private final List<String> handled = new ArrayList<>();

	private final List<InFlightRecord> records = new ArrayList<>();

	private final Time time = new Time();

	private final Queue<Runnable> threads = new ArrayDeque<>();

	private final Lanes lanes = new Lanes(LaneSelector.of(Ordering.PARTITION).butNoOrderIn(RETRY.topic()),
			this.threads::add, 1, Double.POSITIVE_INFINITY, this.time);

	private final Assignment assignment = assignment(new RetryTopicHandler((record) -> {
		this.handled.add(record.record().topic() + "@" + record.record().offset());
		this.records.add(record);
		record.finish();
		return null;
	}, this.time));

	@Test
	void eachRecordIsHandledWhenItIsDueAndNotBefore() {
		poll(List.of(waiting(0, 3_600_000, 1), waiting(1, 2_000, 1), waiting(2, 1_000, 1)));

		pass(999);
		assertThat(this.handled).isEmpty();
		pass(1);
		assertThat(this.handled).containsExactly("in@1002");
		pass(1_000);
		assertThat(this.handled).containsExactly("in@1002", "in@1001");
		pass(3_598_000);
		assertThat(this.handled).containsExactly("in@1002", "in@1001", "in@1000");
	}

	@Test
	void recordThatIsOverdueIsHandledAtOnce() {
		pass(10_000);
		poll(List.of(waiting(0, 9_000, 1)));
		pass(0);
		assertThat(this.handled).containsExactly("in@1000");
	}

	@Test
	void recordIsTheOneThatItStandsForWithTheAttemptsItHasHad() {
		poll(List.of(waiting(0, 1_000, 3)));
		pass(1_500);

		InFlightRecord record = this.records.get(0);
		assertThat(record.record().partition()).isEqualTo(7);
		assertThat(record.attempt()).isEqualTo(4);
		assertThat(record.firstAttempt(this.time.instant())).isEqualTo(Instant.ofEpochMilli(-500));
		// The wait is not held against it.
		assertThat(record.age()).isLessThanOrEqualTo(Duration.ofMillis(500));
		assertThat(this.assignment.nextCommit(true).positions()).containsEntry(RETRY, 1L);
	}

	@Test
	void clockThatWasSetBackIsAskedAgain() {
		poll(List.of(waiting(0, 1_000, 1)));
		this.time.setBack(500);
		pass(1_000);
		assertThat(this.handled).isEmpty();
		pass(500);
		assertThat(this.handled).containsExactly("in@1000");
		assertThat(this.records.get(0).attempt()).isEqualTo(2);
	}

	@Test
	void recordThatIsDueInYearsIsNotLost() {
		poll(List.of(waiting(0, Long.MAX_VALUE, 1)));
		pass(Duration.ofDays(1000).toMillis());
		assertThat(this.handled).isEmpty();
		assertThat(this.assignment.nextCommit(true).positions()).containsEntry(RETRY, 0L);
	}

	@Test
	void recordOfSomebodyElseIsHandledAsItIs() {
		poll(List.of(new ConsumerRecord<>(RETRY.topic(), RETRY.partition(), 5, null, new byte[0])));
		pass(0);
		assertThat(this.handled).containsExactly("retry@5");
		assertThat(this.records.get(0).attempt()).isEqualTo(1);
	}

	@Test
	void recordThatWaitsTakesNoSlotFromTheOthers() {
		Assignment main = assignment((record) -> {
			this.handled.add("main");
			record.finish();
			return null;
		});
		poll(List.of(waiting(0, 1_000, 1)));
		main.add(IN, List.of(new ConsumerRecord<>(IN.topic(), IN.partition(), 0, null, new byte[0])));
		pass(0);
		assertThat(this.handled).containsExactly("main");
	}

	@Test
	void noMoreThanAWindowOfRecordsIsLookedAtBeforeTheFirstIsDue() {
		poll(IntStream.range(0, 10).mapToObj((i) -> waiting(i, (i == 0) ? 5_000 : 1_000, 1)).toList());
		assertThat(this.assignment.paused()).containsExactly(RETRY);

		pass(4_999);
		assertThat(this.handled).hasSize(9);
		assertThat(this.assignment.paused()).containsExactly(RETRY);
		pass(1);
		this.assignment.nextCommit(true).succeeded();
		assertThat(this.assignment.paused()).isEmpty();
	}

	private Assignment assignment(RecordHandler handler) {
		return new Assignment(this.lanes, handler, () -> new WindowLimits(10, 5, false), () -> {
		});
	}

	private void poll(List<ConsumerRecord<byte[], byte[]>> records) {
		this.assignment.add(RETRY, records);
	}

	private void pass(long millis) {
		run();
		this.time.pass(millis, this::run);
	}

	private void run() {
		for (Runnable task = this.threads.poll(); task != null; task = this.threads.poll()) {
			task.run();
		}
	}

	private static ConsumerRecord<byte[], byte[]> waiting(long offset, long due, int attempts) {
		ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(RETRY.topic(), RETRY.partition(), offset, null,
				new byte[0]);
		Map.of("due", "" + due, "attempts", "" + attempts, "first-attempt", "-500", "topic", "in", "partition", "7",
				"offset", "" + (1000 + offset), "timestamp", "1", "timestamp-type", "CreateTime", "reason", "why")
			.forEach((name, value) -> record.headers().add("retry-" + name, TestCluster.bytes(value)));
		return record;
	}

	/** Both clocks: the engine's and the wall's. */
	private static final class Time implements Timer {

		private final TreeMap<Long, List<Runnable>> alarms = new TreeMap<>();

		private long nanos;

		private long back;

		@Override
		public long nanoTime() {
			return this.nanos;
		}

		@Override
		public void schedule(long delayNanos, Runnable task) {
			this.alarms.computeIfAbsent(this.nanos + delayNanos, (at) -> new ArrayList<>()).add(task);
		}

		void setBack(long millis) {
			this.back += millis;
		}

		void pass(long millis, Runnable work) {
			long until = this.nanos + millis * 1_000_000;
			while (!this.alarms.isEmpty() && this.alarms.firstKey() <= until) {
				Map.Entry<Long, List<Runnable>> alarm = this.alarms.pollFirstEntry();
				this.nanos = Math.max(this.nanos, alarm.getKey());
				alarm.getValue().forEach(Runnable::run);
				work.run();
			}
			this.nanos = until;
		}

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(this.nanos / 1_000_000 - this.back);
		}

	}

}
