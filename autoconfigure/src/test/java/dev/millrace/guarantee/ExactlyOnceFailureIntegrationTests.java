package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.Ordering;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Transactions that are aborted, and what is made of their records.
 */
@Timeout(180)
class ExactlyOnceFailureIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private OnceTopics once = new OnceTopics(this.cluster, 6);

	@Test
	void recordThatFailsForGoodBecomesOneDeadLetterAndItsNeighboursHaveOneReply() {
		try (TestApplication application = this.once.start(Picky.class, "millrace.subscriber.retry.attempts=3")) {
			application.bean(Picky.class).failures.put("42", 1000);
			this.once.send(0, 100);
			await().atMost(Duration.ofSeconds(30)).until(() -> exists(this.once.in + "-dlt"));
			this.once.awaitEverythingCommitted();
			assertThat(application.bean(Picky.class).calls.get("42").get()).isEqualTo(3);
		}
		assertThat(this.cluster.values(this.once.in + "-dlt")).containsExactly("42");
		assertThat(this.cluster.values(this.once.out)).hasSize(99).doesNotHaveDuplicates().doesNotContain("42");
	}

	@Test
	void recordThatSucceedsAtLastHasOneReply() {
		try (TestApplication application = this.once.start(Picky.class)) {
			application.bean(Picky.class).failures.put("42", 2);
			this.once.send(0, 100);
			this.once.awaitEverythingCommitted();
			assertThat(application.bean(Picky.class).calls.get("42").get()).isEqualTo(3);
		}
		assertThat(this.cluster.values(this.once.out)).hasSize(100).doesNotHaveDuplicates();
	}

	@Test
	void attemptsThatAreFurtherApartThanATransactionMayLastAreCountedAcrossTransactions() {
		try (TestApplication application = this.once.start(Picky.class, "millrace.subscriber.retry.attempts=3",
				"millrace.subscriber.retry.delay=1500ms", "millrace.subscriber.retry.max-delay=1500ms",
				"spring.kafka.producer.properties.transaction.timeout.ms=2000")) {
			application.bean(Picky.class).failures.put("7", 1000);
			this.once.send(0, 20);
			this.once.awaitEverythingCommitted();
			assertThat(application.bean(Picky.class).calls.get("7").get()).isEqualTo(3);
		}
		List<ConsumerRecord<byte[], byte[]>> deadLetters = this.cluster.read(this.once.in + "-dlt");
		assertThat(deadLetters).hasSize(1);
		assertThat(TestCluster.header(deadLetters.get(0), "dead-letter-attempts")).isEqualTo("3");
		assertThat(this.cluster.values(this.once.out)).hasSize(19).doesNotHaveDuplicates();
	}

	@Test
	void batchThatTakesLongerThanATransactionMayLastIsHandledInSmallerOnes() {
		for (int i = 0; i < 60; i++) {
			this.cluster.send(this.once.in, "same", "" + i);
		}
		try (TestApplication application = this.once.start(Slow.class,
				"spring.kafka.producer.properties.transaction.timeout.ms=2000")) {
			this.once.awaitEverythingCommitted();
			assertThat(application.container("once").isRunning()).isTrue();
		}
		assertThat(this.cluster.values(this.once.out)).hasSize(60).doesNotHaveDuplicates();
	}

	@Test
	void handlerThatIsStillBusyWhenTheApplicationStopsLeavesNothingBehind() {
		this.once = new OnceTopics(this.cluster, 1);
		this.once.send(0, 20);
		TestApplication first = this.once.start(Blocked.class, "millrace.shutdown.timeout=1s");
		Blocked blocked = first.bean(Blocked.class);
		await().until(() -> blocked.started.get() == 20);
		first.close();
		assertThat(this.cluster.committed(OnceTopics.GROUP, this.once.in)).isZero();
		assertThat(this.cluster.values(this.once.out)).isEmpty();
		blocked.gate.release(1000);
		await().until(() -> blocked.ended.get() == 20);
		try (TestApplication second = this.once.start(Blocked.class)) {
			// What has ended too late does not count.
			await().until(() -> second.bean(Blocked.class).started.get() == 20);
			second.bean(Blocked.class).gate.release(1000);
			this.once.awaitEverythingCommitted();
		}
		assertThat(this.cluster.values(this.once.out)).hasSize(20).doesNotHaveDuplicates();
		assertThat(blocked.started.get()).isEqualTo(20);
	}

	@Test
	void handlerThatOutlivesItsTransactionPublishesNothing() {
		this.once = new OnceTopics(this.cluster, 1);
		this.once.send(0, 20);
		try (TestApplication application = this.once.start(Blocked.class,
				"spring.kafka.producer.properties.transaction.timeout.ms=2000")) {
			Blocked blocked = application.bean(Blocked.class);
			await().until(() -> blocked.started.get() == 20);
			await().atMost(Duration.ofSeconds(30)).until(() -> blocked.started.get() > 20);
			blocked.gate.release(1000);
			this.once.awaitEverythingCommitted();
			assertThat(blocked.ended.get()).isGreaterThan(20);
		}
		assertThat(this.cluster.values(this.once.out)).hasSize(20).doesNotHaveDuplicates();
	}

	@Test
	void producerThatWasFencedIsReplacedAndTheRecordsAreHandledAgain() throws Exception {
		this.once = new OnceTopics(this.cluster, 1);
		this.once.send(0, 20);
		String prefix = TestCluster.newName("fenced");
		try (TestApplication application = this.once.start(Blocked.class,
				"spring.kafka.producer.transaction-id-prefix=" + prefix)) {
			Blocked blocked = application.bean(Blocked.class);
			await().until(() -> blocked.started.get() == 20);
			List<String> ids = this.cluster.admin()
				.listTransactions()
				.all()
				.get()
				.stream()
				.map(TransactionListing::transactionalId)
				.filter((id) -> id.startsWith(prefix))
				.toList();
			assertThat(ids).hasSize(1);
			try (KafkaProducer<String, String> intruder = this.once.producer(ids.get(0))) {
				intruder.initTransactions();
				blocked.gate.release(1000);
				this.once.awaitEverythingCommitted();
			}
			assertThat(application.container("once").isRunning()).isTrue();
			assertThat(blocked.started.get()).isEqualTo(40);
		}
		assertThat(this.cluster.values(this.once.out)).hasSize(20).doesNotHaveDuplicates();
	}

	@Test
	void deadLetterOfATransactionThatIsAbortedIsNotThere() throws Exception {
		this.once = new OnceTopics(this.cluster, 1);
		String deadLetters = this.once.in + "-dlt";
		this.cluster.create(deadLetters, 1, Map.of());
		this.cluster.send(this.once.in, "key", "bad");
		this.once.send(0, 20);
		try (TestApplication application = this.once.start(Blocked.class, "millrace.subscriber.retry.attempts=1")) {
			await().until(() -> this.once.uncommitted(deadLetters).size() == 1);
			this.cluster.admin()
				.removeMembersFromConsumerGroup(OnceTopics.GROUP, new RemoveMembersFromConsumerGroupOptions())
				.all()
				.get();
			application.bean(Blocked.class).gate.release(1000);
			this.once.awaitEverythingCommitted();
		}
		assertThat(this.once.uncommitted(deadLetters)).hasSizeGreaterThan(1);
		assertThat(this.cluster.values(deadLetters)).containsExactly("bad");
		assertThat(this.cluster.values(this.once.out)).hasSize(20).doesNotHaveDuplicates();
	}

	@Test
	void memberThatWasRemovedFromTheGroupCommitsNothing() throws Exception {
		this.once = new OnceTopics(this.cluster, 1);
		this.once.send(0, 20);
		try (TestApplication application = this.once.start(Blocked.class)) {
			Blocked blocked = application.bean(Blocked.class);
			await().until(() -> blocked.started.get() == 20);
			this.cluster.admin()
				.removeMembersFromConsumerGroup(OnceTopics.GROUP, new RemoveMembersFromConsumerGroupOptions())
				.all()
				.get();
			blocked.gate.release(20);
			await().atMost(Duration.ofSeconds(30)).until(() -> blocked.started.get() == 40);
			assertThat(this.cluster.committed(OnceTopics.GROUP, this.once.in)).isZero();
			assertThat(this.cluster.values(this.once.out)).isEmpty();
			blocked.gate.release(1000);
			this.once.awaitEverythingCommitted();
		}
		assertThat(this.cluster.values(this.once.out)).hasSize(20).doesNotHaveDuplicates();
	}

	@Test
	void recordOfWhichOneReplyIsRefusedHasNoReplyAtAll() {
		String small = this.cluster.newTopic("once-small", 1, Map.of("max.message.bytes", "1000"));
		this.once.send(0, 20);
		this.cluster.send(this.once.in, "big", "x".repeat(2000));
		this.once.send(20, 40);
		try (TestApplication application = this.once.start(Both.class, "small=" + small,
				"millrace.subscriber.retry.attempts=2")) {
			this.once.awaitEverythingCommitted();
			assertThat(application.bean(Both.class).bigs.get()).isEqualTo(2);
		}
		assertThat(this.once.uncommitted(this.once.out)).anyMatch((value) -> value.startsWith("x"));
		assertThat(this.cluster.values(this.once.out)).hasSize(40)
			.doesNotHaveDuplicates()
			.noneMatch((value) -> value.startsWith("x"));
		assertThat(this.cluster.values(small)).hasSize(40).doesNotHaveDuplicates();
		assertThat(this.cluster.values(this.once.in + "-dlt")).hasSize(1);
	}

	private boolean exists(String topic) throws Exception {
		return this.cluster.admin().listTopics().names().get().contains(topic);
	}

	static class Picky {

		final Map<String, Integer> failures = new ConcurrentHashMap<>(Map.of("never", 0));

		final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

		@StreamSubscriber(topics = "${in}", id = "once", exactlyOnce = true)
		@StreamPublisher("${out}")
		String handle(String body) {
			int call = this.calls.computeIfAbsent(body, (key) -> new AtomicInteger()).incrementAndGet();
			if (call <= this.failures.getOrDefault(body, 0)) {
				throw new IllegalStateException("Not this one");
			}
			return body;
		}

	}

	static class Slow {

		private final Semaphore never = new Semaphore(0);

		@StreamSubscriber(topics = "${in}", id = "once", exactlyOnce = true)
		@StreamPublisher("${out}")
		String handle(String body) throws InterruptedException {
			return body + this.never.tryAcquire(50, TimeUnit.MILLISECONDS);
		}

	}

	static class Blocked {

		final Semaphore gate = new Semaphore(0);

		final AtomicInteger started = new AtomicInteger();

		final AtomicInteger ended = new AtomicInteger();

		@StreamSubscriber(topics = "${in}", id = "once", exactlyOnce = true, ordering = Ordering.NONE,
				concurrency = "100")
		@StreamPublisher("${out}")
		String handle(String body) throws InterruptedException {
			if ("bad".equals(body)) {
				throw new IllegalStateException("Never this one");
			}
			this.started.incrementAndGet();
			this.gate.acquire();
			this.ended.incrementAndGet();
			return body;
		}

	}

	static class Both {

		final AtomicInteger bigs = new AtomicInteger();

		@StreamSubscriber(topics = "${in}", id = "once", exactlyOnce = true)
		@StreamPublisher("${out}")
		@StreamPublisher("${small}")
		String handle(String body) {
			if (body.length() > 1000) {
				this.bigs.incrementAndGet();
			}
			return body;
		}

	}

}
