package dev.millrace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Records that are asked for.
 */
@Timeout(120)
class PullIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("pull-in", 2);

	@Test
	@Behaviour({ 14, 15 })
	void recordsAreReturnedOneByOneAndDecodedWhenTheyAreAskedFor() {
		send(0, "{\"id\":1}");
		send(0, "no JSON");
		try (TestApplication application = start();
				RecordPuller records = application.bean(StreamSubscribers.class).pull((pull) -> pull.topics(this.in))) {
			assertThat((Object) records.next(LONG).orElseThrow().body(Map.class)).isEqualTo(Map.of("id", 1));
			StreamRecord broken = records.next(LONG).orElseThrow();
			assertThatExceptionOfType(DecodingException.class).isThrownBy(() -> broken.body(Map.class));
			assertThat(broken.body(String.class)).isEqualTo("no JSON");
			assertThat(records.next(Duration.ofMillis(200))).isEmpty();
			send(1, "3");
			assertThat(records.next(LONG).map((record) -> record.body(int.class))).isEqualTo(Optional.of(3));
			assertThatIllegalStateException().isThrownBy(records::commit).withMessageContaining("groupId");
		}
	}

	@Test
	void groupGoesOnBehindWhatWasCommitted() {
		for (int i = 0; i < 4; i++) {
			send(0, "" + i);
		}
		try (TestApplication application = start()) {
			StreamSubscribers streams = application.bean(StreamSubscribers.class);
			try (RecordPuller records = group(streams)) {
				assertThat(take(records, 2)).containsExactly("0", "1");
				records.commit();
				assertThat(take(records, 1)).containsExactly("2");
			}
			assertThat(this.cluster.committed("pullers", this.in)).isEqualTo(2);
			try (RecordPuller records = group(streams)) {
				assertThat(take(records, 2)).containsExactly("2", "3");
			}
		}
	}

	@Test
	@Behaviour(17)
	void iterationWaitsForWhatComes() {
		send(0, "0");
		try (TestApplication application = start();
				RecordPuller records = application.bean(StreamSubscribers.class).pull((pull) -> pull.topics(this.in))) {
			List<String> bodies = new ArrayList<>();
			for (StreamRecord record : records) {
				bodies.add(record.body(String.class));
				if (bodies.size() == 3) {
					break;
				}
				send(0, "" + bodies.size());
			}
			assertThat(bodies).containsExactly("0", "1", "2");
		}
	}

	@Test
	void nothingToReadIsRefused() {
		try (TestApplication application = start()) {
			StreamSubscribers streams = application.bean(StreamSubscribers.class);
			assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> streams.pull((pull) -> {
			})).withMessageContaining("Records are to be pulled, but of no topic.");
		}
	}

	private RecordPuller group(StreamSubscribers streams) {
		return streams.pull((pull) -> pull.topics(this.in).groupId("pullers").property("max.poll.records", "1"));
	}

	private static List<String> take(RecordPuller records, int count) {
		List<String> bodies = new ArrayList<>();
		while (bodies.size() < count) {
			bodies.add(records.next(LONG).orElseThrow().body(String.class));
		}
		return bodies;
	}

	private TestApplication start() {
		return TestApplication.start(Nothing.class, "in=" + this.in);
	}

	private void send(int partition, String value) {
		this.cluster.send(new ProducerRecord<>(this.in, partition, null, TestCluster.bytes(value)));
	}

	static class Nothing {

	}

}
