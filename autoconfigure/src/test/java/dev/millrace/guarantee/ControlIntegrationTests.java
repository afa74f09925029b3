package dev.millrace.guarantee;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;

import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberControl;
import dev.millrace.UnfinishedRecord;
import dev.millrace.listener.PollWatch;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Subscribers that are changed, watched and stopped while records are in flight.
 */
@Timeout(120)
@ExtendWith(OutputCaptureExtension.class)
class ControlIntegrationTests {

	/** Scenario 21. */
	@Test
	void nothingIsLostRepeatedOrReorderedWhileConcurrencyWindowAndRateChange() {
		HandlingLog log = HandlingLog.ofHandlersThatTakeUpTo(1);
		try (Trial trial = new Trial(TestCluster.shared(), 4, Protocol.EAGER, log, "millrace.subscriber.ordering=key",
				"millrace.subscriber.concurrency=1", "millrace.subscriber.window.high=10",
				"millrace.subscriber.commit-interval=10ms")) {
			SubscriberControl control = trial.join("only").bean(StreamSubscribers.class).get("recorder");
			trial.send(10_000, 100);
			trial.awaitHandlings(100);
			change(control, 3, 20, 2000.0);
			trial.awaitHandlings(1000);
			change(control, 1, 5, 5000.0);
			trial.awaitHandlings(2000);
			change(control, 5, 15, 0.1);
			trial.awaitHandlings(2001);
			change(control, 50, 1000, null);
			trial.awaitDrained();
			Claim.assertHold(trial.history(),
					EnumSet.complementOf(EnumSet.of(Claim.ORDER_OF_A_PARTITION, Claim.ONE_OF_A_PARTITION_AT_A_TIME)));
			assertThat(control.oldestUnfinished()).isEmpty();
		}
	}

	/** Scenario 20. */
	@Test
	void stopGivesUpAHandlerThatNeverReturnsAndNamesItsRecord(CapturedOutput output) {
		CountDownLatch never = new CountDownLatch(1);
		HandlingLog log = new HandlingLog((handling) -> {
			if (handling.seq() == 2) {
				never.await();
			}
		});
		try (Trial trial = new Trial(TestCluster.shared(), 1, Protocol.EAGER, log, "millrace.shutdown.timeout=1s",
				"millrace.subscriber.stall-timeout=100ms")) {
			TestApplication member = trial.join("only");
			trial.send(5, 1);
			StreamSubscribers subscribers = member.bean(StreamSubscribers.class);
			await().until(() -> subscribers.get("recorder").oldestUnfinished().map(UnfinishedRecord::offset),
					Optional.of(2L)::equals);
			UnfinishedRecord oldest = subscribers.get("recorder").oldestUnfinished().orElseThrow();
			assertThat(oldest).hasToString(trial.topic + "-0@2 (key key-0)");
			await().until(() -> output.getOut().contains("the record " + oldest + " has not been finished for "));
			long begin = System.nanoTime();
			trial.leave(member);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).isBetween(Duration.ofSeconds(1),
					Duration.ofSeconds(15));
			assertThat(trial.committed()).isEqualTo(2);
			assertThat(output).contains("has stopped, but records were still running: 0 records finished meanwhile, "
					+ "2 waiting; committed: " + trial.topic + "-0@2; interrupted: " + oldest);
			never.countDown();
			trial.join("next");
			trial.awaitDrained();
			assertThat(log.of("next")).extracting(Handling::offset).containsExactlyInAnyOrder(2L, 3L, 4L);
		}
	}

	@Test
	void stopReportsWhatItHasWaitedFor(CapturedOutput output) {
		CountDownLatch stopping = new CountDownLatch(1);
		HandlingLog log = new HandlingLog((handling) -> stopping.await());
		try (Trial trial = new Trial(TestCluster.shared(), 1, Protocol.EAGER, log)) {
			TestApplication member = trial.join("only");
			trial.send(3, 1);
			trial.awaitHandlings(1);
			Thread stop = new Thread(() -> trial.leave(member));
			stop.start();
			await().until(() -> !member.container("recorder").isRunning());
			stopping.countDown();
			await().until(() -> !stop.isAlive());
			assertThat(output)
				.contains("Subscriber 'recorder' (Recorder.handle(int, String, ConsumerRecordMetadata) of "
						+ "bean 'recorder') has stopped: 1 records finished meanwhile, 2 waiting; committed: "
						+ trial.topic + "-0@1; interrupted: none");
			assertThat(List.of(output.getOut().split("has stopped", -1))).hasSize(2);
		}
	}

	@Test
	void consumerThatOutlivesItsStopIsNotWaitedForAfterTheNextStart() {
		CountDownLatch first = new CountDownLatch(1);
		HandlingLog log = new HandlingLog((handling) -> {
			if (handling.seq() == 0) {
				first.await();
			}
		});
		try (Trial trial = new Trial(TestCluster.shared(), 1, Protocol.EAGER, log)) {
			TestApplication member = trial.join("only");
			trial.send(2, 1);
			trial.awaitHandlings(1);
			ConcurrentMessageListenerContainer<?, ?> container = (ConcurrentMessageListenerContainer<?, ?>) member
				.container("recorder");
			container.stop(() -> {
			});
			container.start();
			first.countDown();
			trial.awaitDrained();

			PollWatch polls = member.bean(SubscriberRuntimes.class).get("recorder").polls();
			await().during(Duration.ofSeconds(2))
				.until(() -> polls.longestSincePoll().orElseThrow().compareTo(Duration.ofSeconds(1)) < 0);
			assertThat(polls.isWaiting(Duration.ZERO)).isFalse();
		}
	}

	@Test
	void windowThatWouldLetNoBatchBeFullIsRefused() {
		TestCluster cluster = TestCluster.shared();
		String in = cluster.newTopic("control-batch-in", 1);
		try (TestApplication application = TestApplication.start(BatchHandlers.Plain.class, "in=" + in)) {
			SubscriberControl control = application.bean(StreamSubscribers.class).get("plain");
			assertThatIllegalArgumentException().isThrownBy(() -> control.window(1000, 10))
				.withMessageContaining("at least one less than the records of a batch");
		}
	}

	private static void change(SubscriberControl control, int concurrency, int window, Double rate) {
		control.concurrency(concurrency);
		control.window(window, window / 2);
		control.maxRate(rate);
	}

}
