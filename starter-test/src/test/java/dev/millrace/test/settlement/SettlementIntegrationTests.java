package dev.millrace.test.settlement;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaAdmin;

import dev.millrace.AckPolicy;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.config.LaneThreads;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.Backend;
import dev.millrace.test.autoconfigure.StreamTest;
import dev.millrace.test.engine.Arrivals;
import dev.millrace.test.engine.ConsumerPositions;
import dev.millrace.test.engine.CountedThreads;
import dev.millrace.test.engine.TopicOffsets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for when everything has settled and when time may pass, on a real broker: of what
 * is on its way to it and back, only what its clients do is known.
 */
@StreamTest(backend = Backend.EMBEDDED)
class SettlementIntegrationTests {

	@Autowired
	private StreamTestKit kit;

	@Autowired
	private Meanwhile meanwhile;

	@Autowired
	private Handlers handlers;

	@Autowired
	private SubscriberRuntimes subscribers;

	@Autowired
	private ConsumerPositions positions;

	@Autowired
	private LaneThreads threads;

	@Autowired
	private KafkaAdmin kafkaAdmin;

	@Test
	void timeDoesNotPassForWhatBeganAndEndedWhileTheBrokerWasAsked() {
		try (Admin admin = Admin.create(this.kafkaAdmin.getConfigurationProperties())) {
			TopicOffsets offsets = new TopicOffsets(admin);
			Arrivals arrivals = new Arrivals(offsets, this.positions);
			this.meanwhile.before(Meanwhile.COMMITTED_ENDS, () -> {
				this.kit.send("gathering", "late");
				await().until(() -> arrivals.areComplete(this.subscribers.runtimes(), Map.of()));
			});
			this.meanwhile.after(Meanwhile.COMMITTED_ENDS, () -> {
			});
			this.meanwhile.after(Meanwhile.COMMITTED_ENDS, () -> {
				this.handlers.gathering.countDown();
				await().until(() -> has(offsets, "gathered", 2));
			});
			this.kit.publish("gathering", "early");
		}

		assertThat(this.meanwhile.isOver()).isTrue();
		assertThat(this.kit.subscriber("gathered")).wasCalledWith(List.of("early", "late")).wasCalled(1);
	}

	@Test
	void consequencesAreWaitedForOfWhatBeganAndEndedWhileTheBrokerWasAsked() {
		try (Admin admin = Admin.create(this.kafkaAdmin.getConfigurationProperties())) {
			TopicOffsets offsets = new TopicOffsets(admin);
			this.meanwhile.before(Meanwhile.ENDS, () -> {
				this.kit.send("first", "x");
				await().until(() -> this.handlers.begun.getCount() == 0);
			});
			this.meanwhile.after(Meanwhile.ENDS, () -> {
			});
			this.meanwhile.after(Meanwhile.ENDS, () -> {
				this.handlers.first.countDown();
				await().until(() -> has(offsets, "second", 1));
			});
			this.kit.settle();
		}

		assertThat(this.meanwhile.isOver()).isTrue();
		assertThat(this.kit.subscriber("second")).wasCalledWith("x");
	}

	@Test
	void whatIsPolledAndCommittedButNotBegunIsWaitedFor() {
		this.meanwhile.before(Meanwhile.ENDS, () -> {
			this.kit.send("committed", "x");
			await().until(() -> LateInterceptor.COMMITTED.contains("committed"));
		});

		this.kit.settle();

		assertThat(this.meanwhile.isOver()).isTrue();
		assertThat(this.kit.subscriber("committed")).wasCalledWith("x");
	}

	// And its handler has come to its end.
	private boolean has(TopicOffsets offsets, String topic, long end) {
		return offsets.ends().getOrDefault(new TopicPartition(topic, 0), 0L) == end
				&& ((CountedThreads) this.threads).isIdle();
	}

	@SpringBootApplication
	@Import({ Handlers.class, Meanwhile.class })
	static class Application {

	}

	static class Handlers {

		private static final String LATE = "interceptor.classes=dev.millrace.test.settlement.SettlementIntegrationTests$LateInterceptor";

		private final CountDownLatch gathering = new CountDownLatch(1);

		private final CountDownLatch begun = new CountDownLatch(1);

		private final CountDownLatch first = new CountDownLatch(1);

		@StreamSubscriber(topics = "gathering", id = "gathering")
		@StreamPublisher("gathered")
		String passOn(String body) throws InterruptedException {
			if (body.equals("late")) {
				this.gathering.await();
			}
			return body;
		}

		@StreamSubscriber(topics = "gathered", id = "gathered", batch = true, maxWait = "10m", properties = LATE)
		void gather(List<String> bodies) {
			// Those that came together are looked at.
		}

		@StreamSubscriber(topics = "committed", id = "committed", ackPolicy = AckPolicy.ACK_FIRST, properties = LATE)
		void committed(String body) {
			// That it is called is looked at.
		}

		@StreamSubscriber(topics = "first", ackPolicy = AckPolicy.ACK_FIRST)
		@StreamPublisher("second")
		String first(String body) throws InterruptedException {
			this.begun.countDown();
			this.first.await();
			return body;
		}

		@StreamSubscriber(topics = "second", id = "second", properties = LATE)
		void second(String body) {
			// That it is called is looked at.
		}

	}

	/**
	 * Has consumers go on with what they have polled, and with what they have committed,
	 * later than everything that the kit has to ask.
	 */
	public static final class LateInterceptor implements ConsumerInterceptor<byte[], byte[]> {

		private static final Set<String> COMMITTED = ConcurrentHashMap.newKeySet();

		@Override
		public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
			waitForAWhile();
			return records;
		}

		@Override
		public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
			offsets.keySet().forEach((partition) -> COMMITTED.add(partition.topic()));
			waitForAWhile();
		}

		@Override
		public void close() {
			// It has nothing.
		}

		@Override
		public void configure(Map<String, ?> configs) {
			// There is nothing to choose.
		}

		private static void waitForAWhile() {
			CompletableFuture.runAsync(() -> {
			}, CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS)).join();
		}

	}

}
