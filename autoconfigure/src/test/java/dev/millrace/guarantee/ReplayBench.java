package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import dev.millrace.deadletter.DeadLetter;
import dev.millrace.deadletter.DeadLetterFilter;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.Replay;
import dev.millrace.deadletter.ReplayRequest;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.awaitility.Awaitility.await;

/**
 * Application with dead letters, and what tests of replays do with it.
 */
final class ReplayBench implements AutoCloseable {

	final TestCluster cluster = TestCluster.shared();

	final String in = this.cluster.newTopic("replay-in", 2);

	final String log = TestCluster.newName("replays");

	final TestApplication application = start();

	final Repaired handler = this.application.bean(Repaired.class);

	final DeadLetters letters = this.application.bean(DeadLetters.class);

	private TestApplication start() {
		List.of("-springs", "-batches", "-keyed", "-transactional")
			.forEach((suffix) -> this.cluster.create(this.in + suffix, 2, Map.of()));
		return TestApplication.start(Repaired.class, "in=" + this.in, "millrace.dead-letters.log=" + this.log,
				"spring.kafka.consumer.isolation-level=read_committed");
	}

	void bury(int count) {
		IntStream.range(0, count).forEach((i) -> this.cluster.send(this.in, "key-" + i, "" + i));
		await().until(() -> find(DeadLetterFilter.OPEN).size() == count);
	}

	List<DeadLetter> find(DeadLetterFilter filter) {
		return this.letters.find("repaired", filter, null, 1000).letters();
	}

	Replay replay(DeadLetterFilter filter) {
		return this.letters.replay(ReplayRequest.of("repaired").withFilter(filter));
	}

	Replay done(Replay replay) {
		await().atMost(Duration.ofSeconds(60)).until(() -> current(replay).state() != Replay.State.RUNNING);
		return current(replay);
	}

	Replay current(Replay replay) {
		return this.letters.replays()
			.stream()
			.filter((other) -> other.id().equals(replay.id()))
			.findFirst()
			.orElseThrow();
	}

	@Override
	public void close() {
		this.application.close();
	}

}
