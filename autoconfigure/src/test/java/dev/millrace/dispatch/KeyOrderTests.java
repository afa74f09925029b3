package dev.millrace.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Ordering#KEY} where keys are unusual: none at all, or one that is hot.
 */
class KeyOrderTests {

	private static final TopicPartition P0 = EngineFixture.P0;

	private static final int RECORDS = 1000;

	private final CompletableFuture<Void> hold = new CompletableFuture<>();

	@Test
	void recordsWithoutAKeyRunSideBySide() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 300, RECORDS, 500).holding(this.hold);
		engine.poll(P0, LongStream.range(0, 300).toArray());
		engine.run();
		assertThat(engine.handledOffsets()).hasSize(300).doesNotHaveDuplicates();
		engine.handled.forEach(InFlightRecord::finish);
		this.hold.complete(null);
		engine.run();
		assertThat(engine.position(P0)).isEqualTo(300);
		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void recordsWithoutAKeyThatWaitWhenThePartitionIsRevokedNeverRun() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 100, RECORDS, 500).holding(this.hold);
		engine.poll(P0, LongStream.range(0, 300).toArray());
		engine.run();
		assertThat(engine.handled).hasSize(100);
		List<InFlightRecord> running = List.copyOf(engine.handled);
		Assignment.Release release = engine.assignment.release(Set.of(P0), Duration.ZERO).get(0);
		assertThat(release.interrupted()).hasSize(100);
		assertThat(release.waiting()).isEqualTo(200);
		running.forEach(InFlightRecord::finish);
		this.hold.complete(null);
		engine.run();
		assertThat(engine.handled).hasSize(100);
		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void recordsWithoutAKeyThatWaitForARetryWhenThePartitionIsRevokedNeverRunAgain() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 300, RECORDS, 500);
		engine.behaviour = (record) -> {
			record.retry(Duration.ofSeconds(1), record.handler());
			return null;
		};
		engine.poll(P0, LongStream.range(0, 300).toArray());
		engine.run();
		engine.assignment.release(Set.of(P0), Duration.ZERO);
		engine.timer.advance(Duration.ofSeconds(1));
		engine.run();
		assertThat(engine.handled).hasSize(300);
		assertThat(engine.lanes.size()).isZero();
	}

	@Test
	void hotKeyWhoseHandlerBlocksDelaysNoOtherKey() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 2, RECORDS + 1, 500);
		engine.behaviour = (record) -> {
			if (isHot(record)) {
				return this.hold;
			}
			record.finish();
			return null;
		};
		pollWithHotKey(engine);
		// What waits behind the hot key takes no thread.
		assertThat(engine.threads).hasSize(2);
		engine.run();
		assertThat(engine.handled).hasSize(801).filteredOn(KeyOrderTests::isHot).hasSize(1);
		assertThat(engine.assignment.paused()).isEmpty();
		engine.pollKeyed(P0, "late", RECORDS);
		assertThat(engine.threads).hasSize(1);
		engine.run();
		assertThat(engine.handled).hasSize(802);
	}

	@Test
	void hotKeyThatWaitsForARetryTakesNoSlot() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 1, RECORDS + 1, 500);
		engine.behaviour = (record) -> {
			if (isHot(record)) {
				record.retry(Duration.ofHours(1), record.handler());
			}
			else {
				record.finish();
			}
			return null;
		};
		pollWithHotKey(engine);
		engine.run();
		assertThat(engine.handled).hasSize(801).filteredOn(KeyOrderTests::isHot).hasSize(1);
		assertThat(engine.threads).isEmpty();
	}

	@Test
	void hotKeyKeepsItsOrderAndComesToItsEnd() {
		EngineFixture engine = new EngineFixture(Ordering.KEY, 4, RECORDS + 1, 500).finishing();
		pollWithHotKey(engine);
		engine.run();
		assertThat(engine.handled).filteredOn(KeyOrderTests::isHot)
			.extracting(InFlightRecord::offset)
			.hasSize(200)
			.isSorted();
		assertThat(engine.position(P0)).isEqualTo(RECORDS);
	}

	private static void pollWithHotKey(EngineFixture engine) {
		for (long offset = 0; offset < RECORDS; offset++) {
			engine.pollKeyed(P0, (offset % 5 == 0) ? "hot" : "key-" + offset % 40, offset);
		}
	}

	private static boolean isHot(InFlightRecord record) {
		return record.offset() % 5 == 0 && record.offset() < RECORDS;
	}

}
