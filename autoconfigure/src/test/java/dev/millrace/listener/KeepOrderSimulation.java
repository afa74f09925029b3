package dev.millrace.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

import dev.millrace.AckPolicy;
import dev.millrace.Ordering;
import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Commit;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.dispatch.Timer;
import dev.millrace.dispatch.WindowLimits;
import dev.millrace.failure.OrderedRetries;
import dev.millrace.failure.ParkedPartitions;
import dev.millrace.failure.RetryStrategy;
import dev.millrace.publisher.Confirmation;
import dev.millrace.publisher.ForwardObserver;
import dev.millrace.support.TestCluster;
import dev.millrace.support.TestEndpoint;

/**
 * Applications, one after the other, that keep the order of one partition with a retry
 * topic. A seed decides what happens when: which thread runs, how a handler ends, whether
 * a write is confirmed, when the application dies, and what its producer still writes.
 */
final class KeepOrderSimulation {

	private static final TopicPartition IN = new TopicPartition("in", 0);

	private static final TopicPartition RETRY = new TopicPartition("retry", 0);

	private static final int RECORDS = 30;

	final List<String> violations = new ArrayList<>();

	private final Set<Long> finished = new HashSet<>();

	private final List<ConsumerRecord<byte[], byte[]>> source = new ArrayList<>();

	private final List<ConsumerRecord<byte[], byte[]>> retries = new ArrayList<>();

	private final Map<TopicPartition, Long> committed = new HashMap<>(Map.of(IN, 0L));

	private final Random random;

	private boolean calm;

	private Application application = new Application();

	KeepOrderSimulation(long seed) {
		this.random = new Random(seed);
		for (int i = 0; i < RECORDS; i++) {
			this.source.add(new ConsumerRecord<>(IN.topic(), IN.partition(), i,
					TestCluster.bytes("key-" + this.random.nextInt(3)), new byte[0]));
		}
	}

	/**
	 * Run until everything is finished and committed.
	 * @return whether that was reached
	 */
	boolean run() {
		for (int i = 0; i < 600; i++) {
			if (this.random.nextInt(150) == 0) {
				this.application.die();
				this.application = new Application();
			}
			this.application.step();
		}
		this.calm = true;
		for (int i = 0; i < 20_000 && !isDone(); i++) {
			this.application.step();
		}
		return isDone();
	}

	private boolean isDone() {
		return this.finished.size() == RECORDS && this.committed.get(IN) == RECORDS
				&& this.committed.getOrDefault(RETRY, 0L) == this.retries.size()
				&& this.application.parked.of(IN).size() == 0;
	}

	private String key(long offset) {
		return TestCluster.text(this.source.get((int) offset).key());
	}

	private void write(ProducerRecord<byte[], byte[]> record) {
		this.retries.add(new ConsumerRecord<>(RETRY.topic(), RETRY.partition(), this.retries.size(), 0,
				TimestampType.CREATE_TIME, 0, 0, record.key(), record.value(), new RecordHeaders(record.headers()),
				Optional.empty()));
	}

	private final class Application implements Timer {

		private final ParkedPartitions parked = new ParkedPartitions(LaneSelector.of(Ordering.KEY));

		private final List<Runnable> threads = new ArrayList<>();

		private final TreeMap<Long, List<Runnable>> alarms = new TreeMap<>();

		private final Map<ProducerRecord<byte[], byte[]>, Confirmation> sends = new LinkedHashMap<>();

		private final Map<CompletableFuture<Void>, Running> running = new LinkedHashMap<>();

		private final Lanes lanes = new Lanes(LaneSelector.of(Ordering.KEY), this.threads::add, 2,
				Double.POSITIVE_INFINITY, this);

		private final OrderedRetries strategy = new OrderedRetries(
				TestEndpoint.of(TestEndpoint.delivery(AckPolicy.ACK_ON_SUCCESS)),
				(records, confirmed) -> this.sends.put(records.get(0), confirmed), this.threads::add,
				ForwardObserver.NONE, this.parked, this);

		private final Assignment assignment = new Assignment(this.lanes,
				new ParkingHandler(processor(this.strategy), this.strategy, this.parked),
				() -> new WindowLimits(6, 3, false), () -> {
				});

		private final OrderedRetryReader reader = new OrderedRetryReader(RETRY.topic(), new Main(), Client::new,
				processor(RetryStrategy.IN_LANE), this.parked, this);

		private long now;

		private long position = KeepOrderSimulation.this.committed.get(IN);

		Application() {
			this.reader.assigned(List.of(IN));
		}

		void step() {
			Random random = KeepOrderSimulation.this.random;
			switch (random.nextInt(8)) {
				case 0, 1 -> runSome(this.threads);
				case 2 -> endSome();
				case 3 -> answerSome();
				case 4 -> poll();
				case 5 -> this.reader.read(this.assignment, List.of(IN), false);
				case 6 -> pass(random.nextInt(3_000));
				default -> commit();
			}
		}

		/** What the producer has on its way may still arrive, or not. */
		void die() {
			this.sends.keySet().stream().filter((send) -> chance(2)).forEach(KeepOrderSimulation.this::write);
		}

		private void runSome(List<Runnable> tasks) {
			if (!tasks.isEmpty()) {
				tasks.remove(KeepOrderSimulation.this.random.nextInt(tasks.size())).run();
			}
		}

		private void endSome() {
			this.running.keySet().stream().skip(chance(2) ? 1 : 0).findFirst().ifPresent((stage) -> {
				Running ended = this.running.remove(stage);
				if (chance(3)) {
					ended.strategy()
						.retry(ended.record(), Duration.ofMillis(500), new IllegalStateException("refused"),
								ended.processor());
				}
				else {
					KeepOrderSimulation.this.finished.add(ended.offset());
					ended.record().finish();
				}
				stage.complete(null);
			});
		}

		// In order, as a producer does; a timed-out one may have been written.
		private void answerSome() {
			this.sends.keySet().stream().findFirst().ifPresent((send) -> {
				Confirmation confirmation = this.sends.remove(send);
				boolean failed = chance(4);
				if (!failed || chance(2)) {
					write(send);
				}
				confirmation.completed(failed ? List.of(send) : List.of(),
						failed ? new IllegalStateException("timeout") : null);
			});
		}

		private void poll() {
			int end = (int) Math.min(RECORDS, this.position + 3);
			if (this.reader.held().isEmpty() && !this.assignment.paused().contains(IN) && this.position < end) {
				this.assignment.add(IN, KeepOrderSimulation.this.source.subList((int) this.position, end));
				this.position = end;
			}
		}

		private void commit() {
			Commit commit = this.assignment.nextCommit(true);
			if (commit != null) {
				KeepOrderSimulation.this.committed.putAll(commit.positions());
				commit.succeeded();
			}
		}

		private boolean chance(int one) {
			return !KeepOrderSimulation.this.calm && KeepOrderSimulation.this.random.nextInt(one) == 0;
		}

		private RecordHandler processor(RetryStrategy retries) {
			return new RecordHandler() {

				@Override
				public CompletionStage<?> handle(InFlightRecord record) {
					return begin(record, retries, this);
				}

			};
		}

		private CompletionStage<?> begin(InFlightRecord record, RetryStrategy retries, RecordHandler processor) {
			long offset = record.record().offset();
			String key = key(offset);
			this.running.values()
				.stream()
				.filter((other) -> key(other.offset()).equals(key))
				.forEach((other) -> KeepOrderSimulation.this.violations
					.add("%d began during %d".formatted(offset, other.offset())));
			for (long earlier = 0; earlier < offset; earlier++) {
				if (key(earlier).equals(key) && !KeepOrderSimulation.this.finished.contains(earlier)) {
					KeepOrderSimulation.this.violations.add("%d began before %d".formatted(offset, earlier));
				}
			}
			CompletableFuture<Void> stage = new CompletableFuture<>();
			this.running.put(stage, new Running(record, offset, retries, processor));
			return stage;
		}

		@Override
		public long nanoTime() {
			return this.now;
		}

		@Override
		public void schedule(long delayNanos, Runnable task) {
			this.alarms.computeIfAbsent(this.now + delayNanos, (at) -> new ArrayList<>()).add(task);
		}

		@Override
		public Instant instant() {
			return Instant.ofEpochMilli(this.now / 1_000_000);
		}

		private void pass(long millis) {
			this.now += millis * 1_000_000;
			while (!this.alarms.isEmpty() && this.alarms.firstKey() <= this.now) {
				this.alarms.pollFirstEntry().getValue().forEach(Runnable::run);
			}
		}

	}

	/**
	 * Call of a handler.
	 */
	private record Running(InFlightRecord record, long offset, RetryStrategy strategy, RecordHandler processor) {

	}

	/** The consumer of the source, as far as a reader asks it. */
	private final class Main extends MockConsumer<byte[], byte[]> {

		Main() {
			super("earliest");
			assign(List.of(IN));
		}

		@Override
		public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions,
				Duration timeout) {
			Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
			for (TopicPartition partition : partitions) {
				Long offset = KeepOrderSimulation.this.committed.get(partition);
				committed.put(partition, (offset != null) ? new OffsetAndMetadata(offset) : null);
			}
			return committed;
		}

	}

	/** Reads what is in the retry topic, two records at a time. */
	private final class Client extends MockConsumer<byte[], byte[]> {

		Client() {
			super("earliest");
			updatePartitions(RETRY.topic(), List
				.of(new PartitionInfo(RETRY.topic(), RETRY.partition(), Node.noNode(), new Node[0], new Node[0])));
		}

		@Override
		public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions,
				Duration timeout) {
			return Map.of();
		}

		@Override
		public synchronized Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions,
				Duration timeout) {
			Map<TopicPartition, Long> beginnings = new HashMap<>();
			partitions.forEach((partition) -> beginnings.put(partition, 0L));
			return beginnings;
		}

		@Override
		public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions,
				Duration timeout) {
			return Map.of(RETRY, (long) KeepOrderSimulation.this.retries.size());
		}

		@Override
		public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
			if (!assignment().contains(RETRY) || paused().contains(RETRY)) {
				return ConsumerRecords.empty();
			}
			int from = (int) position(RETRY);
			int to = Math.min(KeepOrderSimulation.this.retries.size(), from + 2);
			if (from == to) {
				return ConsumerRecords.empty();
			}
			seek(RETRY, to);
			return new ConsumerRecords<>(Map.of(RETRY, KeepOrderSimulation.this.retries.subList(from, to)),
					Map.of(RETRY, new OffsetAndMetadata(to)));
		}

	}

}
