package dev.millrace.deadletter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.StreamException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link RecordScan}, with a consumer that gets no further than two records of
 * five.
 */
@Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RecordScanTests {

	private static final TopicPartition PARTITION = new TopicPartition("letters", 0);

	private final MockConsumer<byte[], byte[]> consumer = new MockConsumer<>("earliest");

	private final List<Long> offsets = new ArrayList<>();

	@BeforeEach
	void prepare() {
		Node node = Node.noNode();
		this.consumer.updatePartitions("letters",
				List.of(new PartitionInfo("letters", 0, node, new Node[] { node }, new Node[] { node })));
		this.consumer.updateBeginningOffsets(Map.of(PARTITION, 0L));
		this.consumer.updateEndOffsets(Map.of(PARTITION, 5L));
		this.consumer.schedulePollTask(() -> add(0, 1));
	}

	@Test
	void scanThatGetsNoFurtherSaysWhere() {
		assertThatExceptionOfType(StreamException.class).isThrownBy(() -> scan(Duration.ZERO, RecordScan.TO_THE_END))
			.withMessageStartingWith("Nothing could be read from letters-0@2 on for 0 ms,")
			.withMessageContaining("ended at 5")
			.withMessageContaining("default.api.timeout.ms");
		assertThat(this.offsets).containsExactly(0L, 1L);
		assertThat(this.consumer.closed()).isTrue();
	}

	@Test
	void cancellationIsSeenAlsoWhenNothingComes() {
		AtomicInteger looks = new AtomicInteger();

		scan(Duration.ofHours(1), () -> looks.incrementAndGet() > 5);

		assertThat(this.offsets).containsExactly(0L, 1L);
		assertThat(this.consumer.closed()).isTrue();
	}

	@Test
	void scanGoesOnToTheEnd() {
		this.consumer.schedulePollTask(() -> add(2, 3, 4));

		scan(Duration.ofHours(1), RecordScan.TO_THE_END);

		assertThat(this.offsets).containsExactly(0L, 1L, 2L, 3L, 4L);
	}

	@Test
	void transactionThatDoesNotEndIsNotWaitedForForever() {
		MockConsumer<byte[], byte[]> uncommitted = new MockConsumer<>("earliest");
		uncommitted.updatePartitions("letters", this.consumer.partitionsFor("letters"));
		uncommitted.updateEndOffsets(Map.of(PARTITION, 6L));
		RecordScan scan = new RecordScan(
				(isolation) -> (isolation == IsolationLevel.READ_UNCOMMITTED) ? uncommitted : this.consumer,
				Duration.ofMillis(1), Duration.ofMillis(1));

		assertThatExceptionOfType(StreamException.class)
			.isThrownBy(() -> scan.awaitTransactions("letters", RecordScan.TO_THE_END))
			.withMessageStartingWith("A transaction that was open in 'letters' has not ended for 2 ms");
		assertThat(this.consumer.closed()).isTrue();
		assertThat(uncommitted.closed()).isTrue();
	}

	@Test
	void nothingIsWaitedForWithoutATransaction() {
		new RecordScan((isolation) -> this.consumer, Duration.ZERO, Duration.ZERO).awaitTransactions("letters",
				RecordScan.TO_THE_END);

		assertThat(this.consumer.closed()).isTrue();
	}

	private void scan(Duration patience, BooleanSupplier cancelled) {
		new RecordScan((isolation) -> this.consumer, patience, Duration.ZERO).scan(List.of("letters"), null, cancelled,
				(record) -> this.offsets.add(record.offset()));
	}

	private void add(long... offsets) {
		for (long offset : offsets) {
			this.consumer.addRecord(new ConsumerRecord<>("letters", 0, offset, new byte[0], new byte[0]));
		}
	}

}
