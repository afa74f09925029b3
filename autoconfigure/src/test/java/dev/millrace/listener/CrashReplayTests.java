package dev.millrace.listener;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import dev.millrace.Ordering;
import dev.millrace.dispatch.InFlightRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Death of the application after each number of records: what is handled again is exactly
 * what was not committed.
 */
class CrashReplayTests {

	private static final int RECORDS = 40;

	private static final String[] KEYS = { "a", "b", "c", null };

	@ParameterizedTest
	@EnumSource
	void restartHandlesExactlyWhatWasNotCommitted(Ordering ordering) {
		for (int k = 0; k <= RECORDS; k++) {
			crashAfter(k, ordering);
		}
	}

	private static void crashAfter(int k, Ordering ordering) {
		Random random = new Random(k);
		BrokerModel broker = broker(random);
		Set<String> finished = new HashSet<>();
		Map<TopicPartition, Long> expected = Map.of();
		ListenerFixture first = new ListenerFixture(broker, ListenerFixture.flow(ordering, 4, 100, 50));
		first.poll();
		for (int i = 1; i <= k; i++) {
			first.run();
			InFlightRecord record = pick(first, random);
			first.finish(record);
			finished.add(BrokerModel.coordinates(record.record()));
			if (random.nextInt(3) == 0) {
				first.poll();
				expected = firstUnfinished(broker, finished);
			}
		}
		assertThat(new TreeMap<>(sorted(broker.committed))).as("committed after %d", k).isEqualTo(sorted(expected));
		assertThat(first.handledCoordinates()).doesNotHaveDuplicates();

		List<String> uncommitted = broker.uncommitted();
		ListenerFixture second = new ListenerFixture(broker, ListenerFixture.flow(ordering, 4, 100, 50)).finishing();
		second.runToTheEnd();
		assertThat(second.handledCoordinates()).as("handled again after %d", k)
			.containsExactlyInAnyOrderElementsOf(uncommitted);
		finished.addAll(second.handledCoordinates());
		assertThat(finished).as("handled in all after %d", k).hasSize(RECORDS);
	}

	private static BrokerModel broker(Random random) {
		BrokerModel broker = new BrokerModel();
		for (int i = 0; i < RECORDS; i++) {
			broker.send(BrokerModel.PARTITIONS.get(random.nextInt(2)), KEYS[random.nextInt(KEYS.length)]);
		}
		return broker;
	}

	private static InFlightRecord pick(ListenerFixture application, Random random) {
		// Sorted: the order of a map would not be the same each time.
		List<InFlightRecord> running = application.running.keySet()
			.stream()
			.sorted(Comparator.comparing((record) -> BrokerModel.coordinates(record.record())))
			.toList();
		return running.get(random.nextInt(running.size()));
	}

	private static Map<TopicPartition, Long> firstUnfinished(BrokerModel broker, Set<String> finished) {
		Map<TopicPartition, Long> positions = new TreeMap<>(Comparator.comparing(TopicPartition::toString));
		for (ConsumerRecord<?, ?> record : broker.log) {
			TopicPartition partition = new TopicPartition("t", record.partition());
			long position = positions.getOrDefault(partition, 0L);
			if (position == record.offset()) {
				boolean isFinished = finished.contains(BrokerModel.coordinates(record));
				positions.put(partition, isFinished ? position + 1 : position);
			}
		}
		return positions;
	}

	private static Map<String, Long> sorted(Map<TopicPartition, Long> positions) {
		Map<String, Long> sorted = new TreeMap<>();
		positions.forEach((partition, position) -> sorted.put(partition.toString(), position));
		return sorted;
	}

}
