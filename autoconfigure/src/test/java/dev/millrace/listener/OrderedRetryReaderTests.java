package dev.millrace.listener;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.Assert;

import dev.millrace.Ordering;
import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.Commit;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.Timer;
import dev.millrace.dispatch.WindowLimits;
import dev.millrace.failure.ParkedKeys;
import dev.millrace.failure.ParkedPartitions;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the retries of a consumer's partitions are read, and when.
 */
class OrderedRetryReaderTests {

	private static final TopicPartition IN = new TopicPartition("in", 0);

	private static final TopicPartition RETRY = new TopicPartition("retry", 0);

	private static final Object KEY = LaneSelector.of(Ordering.KEY).laneKey(IN, record(0));

	private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();

	private final Map<TopicPartition, OffsetAndMetadata> committedBefore = new HashMap<>();

	private final Set<TopicPartition> owned = new HashSet<>();

	private final List<Client> clients = new ArrayList<>();

	private final ParkedPartitions parked = new ParkedPartitions(LaneSelector.of(Ordering.KEY));

	private final List<Long> handled = new ArrayList<>();

	private final Assignment assignment = new Assignment(
			new Lanes(LaneSelector.of(Ordering.KEY), Runnable::run, 1, Double.POSITIVE_INFINITY, Timer.SYSTEM),
			(record) -> null, () -> new WindowLimits(10, 5, false), () -> {
			});

	private final Timer timer = new Timer() {

		@Override
		public long nanoTime() {
			return OrderedRetryReaderTests.this.now;
		}

		@Override
		public Instant instant() {
			return Instant.now();
		}

		@Override
		public void schedule(long delayNanos, Runnable task) {
			throw new UnsupportedOperationException("The reader sets no alarm");
		}

	};

	private final OrderedRetryReader reader = new OrderedRetryReader(RETRY.topic(), consumer(), this::client,
			this::handle, this.parked, this.timer);

	private long now;

	private int partitions = 1;

	private long end = 4;

	private boolean unreachable;

	@Test
	void partitionIsHeldUntilItsRetriesWereLookedThroughAndThenTheyAreHandled() {
		this.committed.put(RETRY, new OffsetAndMetadata(1));
		assigned(IN);
		assertThat(this.reader.held()).containsExactly(IN);

		read();
		assertThat(this.reader.held()).containsExactly(IN);
		assertThat(this.clients.get(0).position(RETRY)).isEqualTo(1);
		publish(1, 4);
		read();

		assertThat(this.reader.held()).isEmpty();
		assertThat(this.handled).isEmpty();
		assertThat(this.parked.of(IN).isExpecting()).isTrue();
		assertThat(this.clients.get(0).position(RETRY)).isEqualTo(1);
		publish(1, 4);
		read();
		assertThat(this.handled).containsExactly(1L, 2L, 3L);
		assertThat(this.parked.of(IN).isExpecting()).isFalse();
		assertThat(commit()).isEqualTo(Map.of(RETRY, 4L));
	}

	@Test
	void nothingToLookThroughHoldsNothing() {
		this.committed.put(RETRY, new OffsetAndMetadata(4));
		assigned(IN);
		read();
		assertThat(this.reader.held()).isEmpty();
		// The broker knows from when on it may forget.
		assertThat(commit()).isEqualTo(Map.of(RETRY, 4L));
	}

	@Test
	void withoutAnOffsetTheOneOfTheOtherGroupIsTakenAndWithoutThatTheBeginning() {
		this.committedBefore.put(RETRY, new OffsetAndMetadata(3));
		assigned(IN);
		read();
		assertThat(this.clients.get(0).position(RETRY)).isEqualTo(3);
		revoked(IN);
		this.committedBefore.clear();
		assigned(IN);
		read();
		assertThat(this.clients.get(1).position(RETRY)).isZero();
	}

	@Test
	void partitionWithoutACounterpartIsHeldUntilThereIsOne() {
		TopicPartition second = new TopicPartition(IN.topic(), 1);
		this.committed.put(RETRY, new OffsetAndMetadata(4));
		this.committed.put(new TopicPartition(RETRY.topic(), 1), new OffsetAndMetadata(4));
		assigned(IN, second);
		read();
		read();
		assertThat(this.reader.held()).containsExactly(second);
		this.partitions = 2;
		this.clients.get(0).knowPartitions();
		this.now += Duration.ofSeconds(10).toNanos();
		read();
		assertThat(this.reader.held()).isEmpty();
	}

	@Test
	void nothingIsAskedForWhileNoPartitionHasACounterpart() {
		TopicPartition second = new TopicPartition(IN.topic(), 1);
		this.committed.put(RETRY, new OffsetAndMetadata(4));
		assigned(second);
		read();
		assertThat(this.reader.held()).containsExactly(second);
		assigned(IN);
		read();
		revoked(IN);
		read();
		assertThat(this.reader.held()).containsExactly(second);
	}

	@Test
	void brokerThatDoesNotAnswerIsAskedAgainAfterASecond() {
		this.committed.put(RETRY, new OffsetAndMetadata(4));
		this.unreachable = true;
		assigned(IN);
		read();
		assertThat(this.reader.held()).containsExactly(IN);
		this.unreachable = false;
		read();
		assertThat(this.reader.held()).containsExactly(IN);
		this.now += Duration.ofSeconds(1).toNanos();
		read();
		assertThat(this.reader.held()).isEmpty();
	}

	@Test
	void offsetIsCommittedAgainEachHour() {
		this.committed.put(RETRY, new OffsetAndMetadata(4));
		assigned(IN);
		read();
		assertThat(commit()).isNotEmpty();
		read();
		assertThat(commit()).isEmpty();
		this.now += Duration.ofHours(1).toNanos();
		read();
		assertThat(commit()).isEqualTo(Map.of(RETRY, 4L));
	}

	@Test
	void nothingIsPolledWhileItIsPausedOrItsWindowIsFull() {
		this.committed.put(RETRY, new OffsetAndMetadata(4));
		assigned(IN);
		read();
		this.reader.read(this.assignment, this.owned, true);
		assertThat(this.clients.get(0).paused()).containsExactly(RETRY);
		read();
		assertThat(this.clients.get(0).paused()).isEmpty();
		// Nothing of the key is handled: the window fills.
		this.parked.of(IN).enter(KEY);
		this.end = 14;
		publish(4, 14);
		read();
		read();
		assertThat(this.clients.get(0).paused()).containsExactly(RETRY);
		this.parked.of(IN).leave(KEY);
		commit();
		read();
		assertThat(this.clients.get(0).paused()).isEmpty();
		assertThat(this.handled).hasSize(10).isSorted();
	}

	@Test
	void consumerThatIsLateToLoseAPartitionTakesNothingFromTheNextOne() {
		assigned(IN);
		OrderedRetryReader next = new OrderedRetryReader(RETRY.topic(), consumer(), this::client, this::handle,
				this.parked, this.timer);
		next.assigned(List.of(IN));
		ParkedKeys keys = this.parked.of(IN);
		revoked(IN);
		assertThat(this.parked.of(IN)).isSameAs(keys);
		next.revoked(List.of(IN));
		assertThat(this.parked.of(IN)).isNotSameAs(keys);
	}

	@Test
	void retryWaitsForARecordOfItsKeyThatHasOutlivedItsAssignment() {
		assigned(IN);
		ParkedKeys before = this.parked.of(IN);
		assertThat(before.enter(KEY)).isTrue();
		revoked(IN);
		assigned(IN);
		readTwice();
		assertThat(this.handled).isEmpty();
		before.leave(KEY);
		assertThat(this.handled).containsExactly(0L, 1L, 2L, 3L);
		assertThat(this.parked.of(IN).size()).isZero();
	}

	@Test
	void partitionThatHasComeUnnoticedIsHeldAndItsRetriesAreRead() {
		this.owned.add(IN);
		read();
		assertThat(this.reader.held()).containsExactly(IN);
		readTwice();
		assertThat(this.reader.held()).isEmpty();
		assertThat(this.handled).containsExactly(0L, 1L, 2L, 3L);
	}

	@Test
	void partitionThatHasGoneUnnoticedIsNotReadAnyMore() {
		this.committed.put(RETRY, new OffsetAndMetadata(4));
		assigned(IN);
		read();
		this.owned.clear();
		read();
		assertThat(this.reader.isEmpty()).isTrue();
		assertThat(this.clients.get(0).closed()).isTrue();
		assertThat(commit()).isEmpty();
	}

	@Test
	void clientLivesAsLongAsThereIsAPartition() {
		TopicPartition second = new TopicPartition(IN.topic(), 1);
		this.partitions = 2;
		assigned(IN, second);
		assertThat(this.clients).isEmpty();
		read();
		assertThat(this.reader.of(List.of(IN))).containsExactly(RETRY);
		revoked(IN);
		assertThat(this.clients.get(0).assignment()).containsExactly(new TopicPartition(RETRY.topic(), 1));
		assertThat(this.clients.get(0).closed()).isFalse();
		revoked(second);
		assertThat(this.clients.get(0).closed()).isTrue();
		assertThat(this.reader.isEmpty()).isTrue();
	}

	private @Nullable CompletionStage<?> handle(InFlightRecord record) {
		this.handled.add(record.record().offset());
		record.finish();
		return null;
	}

	private void assigned(TopicPartition... partitions) {
		this.owned.addAll(List.of(partitions));
		this.reader.assigned(List.of(partitions));
	}

	private void revoked(TopicPartition partition) {
		this.owned.remove(partition);
		this.reader.revoked(List.of(partition));
	}

	private void read() {
		this.reader.read(this.assignment, this.owned, false);
	}

	private void readTwice() {
		read();
		publish(0, 4);
		read();
		publish(0, 4);
		read();
	}

	private Map<TopicPartition, Long> commit() {
		Commit commit = this.assignment.nextCommit(true);
		if (commit == null) {
			return Map.of();
		}
		commit.succeeded();
		return commit.positions();
	}

	private void publish(long from, long to) {
		for (long offset = from; offset < to; offset++) {
			this.clients.get(0).addRecord(record(offset));
		}
	}

	private static ConsumerRecord<byte[], byte[]> record(long offset) {
		return new ConsumerRecord<>(RETRY.topic(), RETRY.partition(), offset, TestCluster.bytes("k"), new byte[0]);
	}

	private Consumer<byte[], byte[]> consumer() {
		return new MockConsumer<>("earliest") {

			@Override
			public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions,
					Duration timeout) {
				if (OrderedRetryReaderTests.this.unreachable) {
					throw new TimeoutException("no answer");
				}
				return OrderedRetryReaderTests.this.committed;
			}

		};
	}

	private Client client() {
		Client client = new Client();
		this.clients.add(client);
		return client;
	}

	private final class Client extends MockConsumer<byte[], byte[]> {

		Client() {
			super("earliest");
			knowPartitions();
			for (int i = 0; i < 2; i++) {
				TopicPartition partition = new TopicPartition(RETRY.topic(), i);
				updateBeginningOffsets(Map.of(partition, 0L));
				updateEndOffsets(Map.of(partition, OrderedRetryReaderTests.this.end));
			}
		}

		@Override
		public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
			// As Kafka's consumer.
			Assert.state(!assignment().isEmpty(),
					"Consumer is not subscribed to any topics or assigned any partitions");
			return super.poll(timeout);
		}

		void knowPartitions() {
			updatePartitions(RETRY.topic(),
					IntStream.range(0, OrderedRetryReaderTests.this.partitions)
						.mapToObj((i) -> new PartitionInfo(RETRY.topic(), i, Node.noNode(), new Node[0], new Node[0]))
						.toList());
		}

		@Override
		public synchronized Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions,
				Duration timeout) {
			return Collections.unmodifiableMap(OrderedRetryReaderTests.this.committedBefore);
		}

	}

}
