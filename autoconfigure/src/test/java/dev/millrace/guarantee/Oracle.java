package dev.millrace.guarantee;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.apache.kafka.common.TopicPartition;

/**
 * Judges a history. Each verdict is the list of what contradicts a claim. None depends on
 * how long something took: moments are only compared with each other.
 */
final class Oracle {

	private final History history;

	Oracle(History history) {
		this.history = history;
	}

	/**
	 * Records whose handling has never ended.
	 * @return the records
	 */
	List<String> lost() {
		Set<Position> finished = new HashSet<>();
		for (Handling handling : this.history.handlings()) {
			if (handling.isEnded()) {
				finished.add(Position.of(handling));
			}
		}
		return this.history.sent()
			.stream()
			.filter((sent) -> !finished.contains(new Position(sent.partition(), sent.offset())))
			.map((sent) -> "not handled: " + sent)
			.toList();
	}

	/**
	 * Handlings that left one of their lane out. A lane may fall back to any record that
	 * it had before, as redelivery does, and then goes on from there.
	 * @param lane what has an order
	 * @param place the place in the order, dense and from 0
	 * @return the handlings
	 */
	List<String> outOfOrder(Function<Handling, Object> lane, ToLongFunction<Handling> place) {
		List<String> violations = new ArrayList<>();
		lanes(lane).values().forEach((handlings) -> {
			long last = -1;
			for (Handling handling : handlings) {
				if (place.applyAsLong(handling) > last + 1) {
					violations.add("after %d came %s".formatted(last, handling));
				}
				last = place.applyAsLong(handling);
			}
		});
		return violations;
	}

	/**
	 * Handlings that began while another of their lane ran. Within an instance that is
	 * never right; across instances only when the first had run for longer than a
	 * rebalance waits for it.
	 * @param lane what runs one at a time
	 * @return the handlings
	 */
	List<String> overlaps(Function<Handling, Object> lane) {
		List<String> violations = new ArrayList<>();
		lanes(lane).values().forEach((handlings) -> {
			List<Handling> running = new ArrayList<>();
			for (Handling handling : handlings) {
				running.removeIf((earlier) -> earlier.end() <= handling.start());
				running.stream()
					.filter((earlier) -> !mayOverlap(earlier, handling))
					.forEach((earlier) -> violations.add("%s began during %s".formatted(handling, earlier)));
				running.add(handling);
			}
		});
		return violations;
	}

	/**
	 * Handlings, also some that have failed, that began before the record in front of
	 * theirs was finished for the first time.
	 * @param failed handlings that have failed
	 * @param lane what has an order
	 * @param place the place in the order, dense and from 0
	 * @return the handlings
	 */
	List<String> overtaking(Collection<Handling> failed, Function<Handling, Object> lane,
			ToLongFunction<Handling> place) {
		Map<Object, Map<Long, Long>> firstEnds = new HashMap<>();
		for (Handling handling : this.history.handlings()) {
			firstEnds.computeIfAbsent(lane.apply(handling), (absent) -> new HashMap<>())
				.merge(place.applyAsLong(handling), handling.end(), Math::min);
		}
		return Stream.concat(this.history.handlings().stream(), failed.stream())
			.filter((handling) -> place.applyAsLong(handling) > 0)
			.filter((handling) -> firstEnds.getOrDefault(lane.apply(handling), Map.of())
				.getOrDefault(place.applyAsLong(handling) - 1, Handling.RUNNING) > handling.start())
			.map((handling) -> "before the one in front of it was finished: " + handling)
			.toList();
	}

	private boolean mayOverlap(Handling earlier, Handling later) {
		return !earlier.instance().equals(later.instance())
				&& later.start() - earlier.start() >= this.history.drain().toNanos();
	}

	/**
	 * Handlings that began in an instance that did not own the partition.
	 * @return the handlings
	 */
	List<String> unowned() {
		return this.history.handlings()
			.stream()
			.filter((handling) -> handling.epoch() == Handling.UNOWNED)
			.map((handling) -> "not the owner: " + handling)
			.toList();
	}

	/**
	 * Records that were handled more than once.
	 * @return the handlings but for the first of each record
	 */
	List<String> duplicates() {
		List<String> violations = new ArrayList<>();
		lanes(Position::of).values()
			.forEach((handlings) -> handlings.stream()
				.skip(1)
				.forEach((handling) -> violations.add("again: " + handling)));
		return violations;
	}

	/**
	 * Records that were handled again although that was not called for: twice within one
	 * assignment, or in an assignment that began when they were committed already. An
	 * owner looks for its committed offset after its assignment, so a sample answered
	 * before that is a lower bound.
	 * @return the handlings but for the first of each record
	 */
	List<String> committedDuplicates() {
		List<String> violations = new ArrayList<>();
		lanes(Position::of).values().forEach((handlings) -> {
			Set<String> assignments = new HashSet<>();
			for (Handling handling : handlings) {
				if (!assignments.add(handling.instance() + "@" + handling.epoch())) {
					violations.add("twice in an assignment: " + handling);
				}
				long committed = committedBefore(handling.epoch(), handling.partition());
				if (handling.offset() < committed) {
					violations.add("%d was committed before %s".formatted(committed, handling));
				}
			}
		});
		return violations;
	}

	private long committedBefore(long moment, TopicPartition partition) {
		long committed = 0;
		for (History.Sample sample : this.history.samples()) {
			if (sample.answered() < moment) {
				committed = Math.max(committed, sample.committed().getOrDefault(partition, 0L));
			}
		}
		return committed;
	}

	/**
	 * Partitions whose committed offset is not their end.
	 * @return the partitions
	 */
	List<String> notCommitted() {
		return this.history.ends()
			.entrySet()
			.stream()
			.filter((end) -> !end.getValue().equals(this.history.committed().getOrDefault(end.getKey(), 0L)))
			.map((end) -> "%s ends at %d, committed is %s".formatted(end.getKey(), end.getValue(),
					this.history.committed().get(end.getKey())))
			.toList();
	}

	/**
	 * Samples that show an offset committed while a record before it was not finished. A
	 * sample is compared with what had ended when its answer was there. What the answer
	 * shows was committed before that moment, so what justifies it had ended before: a
	 * contradiction is none of measurement. And no later end can excuse it, so that what
	 * is overlooked is at most a record that ended within the time of the question.
	 * @return the samples
	 */
	List<String> committedTooEarly() {
		List<String> violations = new ArrayList<>();
		Map<TopicPartition, TreeMap<Long, Long>> ends = firstEnds();
		for (History.Sample sample : this.history.samples()) {
			sample.committed().forEach((partition, committed) -> {
				ends.getOrDefault(partition, new TreeMap<>()).headMap(committed).forEach((offset, end) -> {
					if (end > sample.answered()) {
						violations
							.add("%s committed %d before %d was finished".formatted(partition, committed, offset));
					}
				});
			});
		}
		if (this.history.samples().isEmpty()) {
			violations.add("no sample");
		}
		return violations;
	}

	private Map<TopicPartition, TreeMap<Long, Long>> firstEnds() {
		Map<TopicPartition, TreeMap<Long, Long>> ends = new HashMap<>();
		for (History.Sent sent : this.history.sent()) {
			ends.computeIfAbsent(sent.partition(), (partition) -> new TreeMap<>()).put(sent.offset(), Handling.RUNNING);
		}
		for (Handling handling : this.history.handlings()) {
			ends.computeIfAbsent(handling.partition(), (partition) -> new TreeMap<>())
				.merge(handling.offset(), handling.end(), Math::min);
		}
		return ends;
	}

	private Map<Object, List<Handling>> lanes(Function<Handling, Object> lane) {
		return this.history.handlings()
			.stream()
			.sorted(Comparator.comparingLong(Handling::start))
			.collect(Collectors.groupingBy(lane));
	}

	/**
	 * Place of a record.
	 *
	 * @param partition the partition
	 * @param offset the offset
	 */
	private record Position(TopicPartition partition, long offset) {

		static Position of(Handling handling) {
			return new Position(handling.partition(), handling.offset());
		}

	}

}
