package dev.millrace.guarantee;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.apache.kafka.common.TopicPartition;

import dev.millrace.support.TestApplication;

import static org.awaitility.Awaitility.await;

/**
 * Partitions that stand still until their handlers are let go on, so that the window has
 * paused all of them.
 */
final class PausedFlow {

	/** More than a window of 20 and a poll of 10, so that it takes a resumption. */
	private static final int STEP = 60;

	private final Trial trial;

	private final Gates gates;

	PausedFlow(Trial trial, Gates gates) {
		this.trial = trial;
		this.gates = gates;
	}

	/**
	 * Let some records of each partition pass, and wait until they are handled and all
	 * partitions are paused again.
	 * @param partitions the number of partitions
	 * @param members the members that share the partitions
	 */
	void goesOn(int partitions, TestApplication... members) {
		List<TestApplication> all = List.of(members);
		await().atMost(Duration.ofSeconds(30))
			.until(() -> all.stream().noneMatch((member) -> Trial.owned(member).isEmpty())
					&& all.stream().mapToInt((member) -> Trial.owned(member).size()).sum() == partitions);
		awaitPaused(members);
		List<Long> before = ended(all);
		all.forEach((member) -> this.gates.pass(name(member), Trial.owned(member), STEP));
		await().atMost(Duration.ofSeconds(30)).until(() -> {
			List<Long> after = ended(all);
			for (int i = 0; i < after.size(); i++) {
				if (after.get(i) < before.get(i) + STEP) {
					return false;
				}
			}
			return true;
		});
		awaitPaused(members);
	}

	/**
	 * Wait until the window has paused every partition.
	 * @param members the members
	 */
	void awaitPaused(TestApplication... members) {
		await().atMost(Duration.ofSeconds(30))
			.until(() -> Stream.of(members)
				.allMatch((member) -> Trial.owned(member).stream().allMatch(member.bean(Positions.class)::paused)));
	}

	/**
	 * How many records a member has polled since its group began.
	 * @param member the member
	 * @return the number of records
	 */
	long polled(TestApplication member) {
		return Trial.owned(member).stream().mapToLong(member.bean(Positions.class)::position).sum();
	}

	private List<Long> ended(List<TestApplication> members) {
		List<Long> ended = new ArrayList<>();
		for (TestApplication member : members) {
			List<Handling> handlings = this.trial.log.of(name(member));
			for (TopicPartition partition : Trial.owned(member)) {
				ended.add(handlings.stream()
					.filter((handling) -> handling.partition().equals(partition) && handling.isEnded())
					.count());
			}
		}
		return ended;
	}

	private static String name(TestApplication member) {
		return member.context().getEnvironment().getRequiredProperty("instance");
	}

}
