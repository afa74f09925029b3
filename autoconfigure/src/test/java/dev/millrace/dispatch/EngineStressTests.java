package dev.millrace.dispatch;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The engine under load, with failures, asynchronous handlers, late confirmations and
 * partitions that are taken away and given back, on every ordering and both kinds of
 * threads. The test plays the consumer: it re-reads from the committed offset whenever a
 * partition comes back.
 */
@Timeout(60)
class EngineStressTests {

	private static final int PARTITIONS = 3;

	private static final int RECORDS = 15_000;

	private static final int KEYS = 20;

	private final ExecutorService confirmations = Executors.newSingleThreadExecutor();

	private final Set<Object> running = ConcurrentHashMap.newKeySet();

	private final Map<List<Object>, Long> lastStarted = new ConcurrentHashMap<>();

	private final Map<TopicPartition, BitSet> finished = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

	private final long[] committed = new long[PARTITIONS];

	private final long[] fetched = new long[PARTITIONS];

	/** How often a partition was given back, carried by its records. */
	private final byte[] epochs = new byte[PARTITIONS];

	private LaneSelector selector;

	static Stream<Arguments> orderingsAndThreads() {
		return Stream.of(Ordering.values())
			.flatMap((ordering) -> threads().map((threads) -> Arguments.of(ordering, threads)));
	}

	@ParameterizedTest
	@MethodSource("orderingsAndThreads")
	void nothingIsLostCommittedTooEarlyOrRunOutOfOrder(Ordering ordering, String threads) {
		this.selector = LaneSelector.of(ordering);
		ExecutorService executor = executor(threads);
		long seed = System.nanoTime();
		Lanes lanes = EngineFixture.lanes(ordering, executor, 8, Timer.SYSTEM);
		try {
			consume(EngineFixture.assignment(lanes, this::handle, 200, 100, () -> {
			}), new Random(seed));
		}
		finally {
			executor.shutdownNow();
			this.confirmations.shutdownNow();
		}
		assertThat(this.violations).as("seed %d", seed).isEmpty();
		assertThat(this.committed).containsOnly(RECORDS);
		assertThat(lanes.size()).isZero();
	}

	private void consume(Assignment assignment, Random random) {
		while (!isDone()) {
			List<TopicPartition> paused = assignment.paused();
			for (int i = 0; i < PARTITIONS; i++) {
				TopicPartition partition = new TopicPartition("t", i);
				if (!paused.contains(partition)) {
					poll(assignment, partition, random);
				}
			}
			commit(assignment.nextCommit(random.nextInt(3) == 0), random);
			if (random.nextInt(40) == 0) {
				rebalance(assignment, new TopicPartition("t", random.nextInt(PARTITIONS)), random);
			}
			LockSupport.parkNanos(200_000);
		}
		List<TopicPartition> all = List.of(new TopicPartition("t", 0), new TopicPartition("t", 1),
				new TopicPartition("t", 2));
		assignment.release(all, Duration.ofSeconds(10));
	}

	private void poll(Assignment assignment, TopicPartition partition, Random random) {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		for (int n = random.nextInt(50); n > 0 && this.fetched[partition.partition()] < RECORDS; n--) {
			long offset = this.fetched[partition.partition()]++;
			byte[] key = ("key-" + offset % KEYS).getBytes(StandardCharsets.UTF_8);
			byte[] epoch = { this.epochs[partition.partition()] };
			records.add(new ConsumerRecord<>("t", partition.partition(), offset, key, epoch));
		}
		if (!records.isEmpty()) {
			assignment.add(partition, records);
		}
	}

	private void commit(Commit commit, Random random) {
		if (commit == null) {
			return;
		}
		if (random.nextInt(10) == 0) {
			commit.failed();
			return;
		}
		commit.positions().forEach(this::committed);
		commit.succeeded();
	}

	private void committed(TopicPartition partition, long position) {
		BitSet done = finished(partition);
		synchronized (done) {
			if (done.nextClearBit(0) < position) {
				this.violations.add(partition + " committed " + position + " before " + done.nextClearBit(0));
			}
		}
		this.committed[partition.partition()] = position;
	}

	private void rebalance(Assignment assignment, TopicPartition partition, Random random) {
		Duration patience = random.nextBoolean() ? Duration.ofSeconds(5) : Duration.ZERO;
		for (Assignment.Release release : assignment.release(List.of(partition), patience)) {
			committed(partition, release.position());
		}
		this.fetched[partition.partition()] = this.committed[partition.partition()];
		this.epochs[partition.partition()]++;
	}

	private CompletionStage<?> handle(InFlightRecord record) {
		TopicPartition partition = new TopicPartition("t", record.record().partition());
		Object lane = this.selector.laneKey(partition, record.record());
		if (!this.running.add(lane)) {
			this.violations.add("two records of " + lane + " at once, at " + record.offset());
		}
		ThreadLocalRandom random = ThreadLocalRandom.current();
		if (random.nextInt(4) == 0) {
			LockSupport.parkNanos(random.nextInt(300_000));
		}
		int fate = random.nextInt(20);
		if (fate == 0) {
			this.running.remove(lane);
			record.retry(Duration.ofNanos(random.nextInt(1_000_000)), this::handle);
			return null;
		}
		checkOrder(record, lane);
		if (fate < 4) {
			return CompletableFuture.runAsync(() -> end(record, partition, lane), this.confirmations);
		}
		this.running.remove(lane);
		this.confirmations.execute(() -> confirm(record, partition));
		return null;
	}

	private void checkOrder(InFlightRecord record, Object lane) {
		Long last = this.lastStarted.put(List.of(lane, record.record().value()[0]), record.offset());
		if (last != null && last >= record.offset()) {
			this.violations.add(lane + " ran " + record.offset() + " after " + last);
		}
	}

	private void end(InFlightRecord record, TopicPartition partition, Object lane) {
		this.running.remove(lane);
		confirm(record, partition);
	}

	private void confirm(InFlightRecord record, TopicPartition partition) {
		BitSet done = finished(partition);
		synchronized (done) {
			done.set((int) record.offset());
		}
		record.finish();
	}

	private BitSet finished(TopicPartition partition) {
		return this.finished.computeIfAbsent(partition, (key) -> new BitSet());
	}

	private boolean isDone() {
		for (long offset : this.committed) {
			if (offset < RECORDS) {
				return false;
			}
		}
		return true;
	}

	private static Stream<String> threads() {
		return (Runtime.version().feature() >= 21) ? Stream.of("platform", "virtual") : Stream.of("platform");
	}

	private static ExecutorService executor(String threads) {
		if (threads.equals("platform")) {
			return Executors.newCachedThreadPool();
		}
		try {
			return (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
