package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Import;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The poll thread never runs user code, a partition keeps its order, and nothing is
 * committed that is not finished.
 */
@Timeout(120)
class FlowIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void repliesOfAPartitionKeepItsOrderAndTheOffsetReachesTheEnd() {
		String in = this.cluster.newTopic("order-in", 3);
		String out = this.cluster.newTopic("order-out", 3);
		for (int i = 0; i < 3000; i++) {
			this.cluster.sendLater(in, "key-" + (i % 10), "" + i);
		}
		this.cluster.flush();
		try (TestApplication application = TestApplication.start(Copy.class, "in=" + in, "out=" + out)) {
			await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.end(out), (end) -> end >= 3000);
			await().atMost(Duration.ofSeconds(2))
				.until(() -> this.cluster.committed("test.copy", in), (offset) -> offset == 3000);
			assertThat(application.container("copy").isRunning()).isTrue();
		}
		for (TopicPartition partition : this.cluster.partitions(in)) {
			assertThat(values(out, partition.partition())).isEqualTo(values(in, partition.partition()));
		}
	}

	@Test
	void offsetOfARecordIsCommittedOnlyWhenItsHandlerHasReturned() {
		String in = this.cluster.newTopic("hold-in", 1);
		try (TestApplication application = TestApplication.start(Held.class, "in=" + in)) {
			Held held = application.bean(Held.class);
			IntStream.range(0, 3).forEach((i) -> this.cluster.send(in, null, "" + i));
			held.permits.release(1);
			await().atMost(Duration.ofSeconds(10)).until(() -> this.cluster.committed("test.held", in) == 1);
			assertThat(held.started.get()).isEqualTo(2);
			held.permits.release(2);
			await().atMost(Duration.ofSeconds(10)).until(() -> this.cluster.committed("test.held", in) == 3);
		}
	}

	@Test
	void handlerThatTakesLongerThanThePollIntervalCausesNoRebalanceAndNoDuplicate() {
		String in = this.cluster.newTopic("slow-in", 2);
		try (TestApplication application = TestApplication.start(Held.class, "in=" + in,
				"millrace.subscriber.properties[max.poll.interval.ms]=3000",
				"millrace.subscriber.properties[session.timeout.ms]=6000",
				"millrace.subscriber.properties[heartbeat.interval.ms]=500")) {
			Held held = application.bean(Held.class);
			this.cluster.send(in, "a", "slow");
			await().until(() -> held.started.get() == 1);
			long start = System.nanoTime();
			await().pollInterval(Duration.ofMillis(100))
				.atMost(Duration.ofSeconds(20))
				.until(() -> System.nanoTime() - start > Duration.ofSeconds(8).toNanos());
			held.permits.release(1);
			await().atMost(Duration.ofSeconds(10)).until(() -> this.cluster.committed("test.held", in) == 1);
			assertThat(held.started.get()).isEqualTo(1);
			assertThat(application.bean(Rebalances.class).revoked.get()).isZero();
		}
	}

	@Test
	void recordsThatRunWhenTheApplicationStopsAreFinishedAndCommittedAndNoneStartsAfterwards() throws Exception {
		String in = this.cluster.newTopic("stop-in", 1);
		Held held;
		Thread stopper;
		TestApplication application = TestApplication.start(Held.class, "in=" + in);
		held = application.bean(Held.class);
		IntStream.range(0, 3).forEach((i) -> this.cluster.send(in, null, "" + i));
		await().until(() -> held.started.get() == 1);
		stopper = new Thread(application::close);
		stopper.start();
		await().until(() -> !application.container("held").isRunning());
		held.permits.release(3);
		stopper.join();
		assertThat(held.started.get()).isEqualTo(1);
		assertThat(this.cluster.committed("test.held", in)).isEqualTo(1);
	}

	@Test
	void stopIsBoundedWhenAHandlerNeverReturns() {
		String in = this.cluster.newTopic("stuck-in", 1);
		TestApplication application = TestApplication.start(Held.class, "in=" + in, "millrace.shutdown.timeout=1s");
		Held held = application.bean(Held.class);
		this.cluster.send(in, null, "stuck");
		await().until(() -> held.started.get() == 1);
		long start = System.nanoTime();
		application.close();
		assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(900),
				Duration.ofSeconds(10));
		assertThat(this.cluster.committed("test.held", in)).isZero();
		held.permits.release(1);
	}

	@Test
	void slowHandlerPausesItsPartitionAndTheWindowStaysBounded() {
		String in = this.cluster.newTopic("window-in", 1);
		for (int i = 0; i < 2000; i++) {
			this.cluster.sendLater(in, null, "" + i);
		}
		this.cluster.flush();
		try (TestApplication application = TestApplication.start(Held.class, "in=" + in,
				"millrace.subscriber.window.high=100", "spring.kafka.consumer.max-poll-records=50")) {
			Held held = application.bean(Held.class);
			await().until(() -> held.started.get() == 1);
			TopicPartition partition = new TopicPartition(in, 0);
			await().until(() -> application.bean(Positions.class).paused(partition));
			assertThat(application.bean(Positions.class).position(partition)).isBetween(100L, 150L);
			held.permits.release(2000);
			await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.committed("test.held", in) == 2000);
			assertThat(held.started.get()).isEqualTo(2000);
		}
	}

	private List<String> values(String topic, int partition) {
		return this.cluster.read(topic)
			.stream()
			.filter((record) -> record.partition() == partition)
			.map((record) -> TestCluster.text(record.value()))
			.toList();
	}

	static class Copy {

		@StreamSubscriber(topics = "${in}", id = "copy")
		@StreamPublisher("${out}")
		String copy(String body) {
			return body;
		}

	}

	@Import({ Rebalances.class, Positions.class })
	static class Held {

		final Semaphore permits = new Semaphore(0);

		final AtomicInteger started = new AtomicInteger();

		@StreamSubscriber(topics = "${in}", id = "held")
		void hold(String body) throws InterruptedException {
			this.started.incrementAndGet();
			this.permits.acquire();
		}

	}

}
