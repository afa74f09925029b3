package dev.millrace.faststream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.AckPolicy;
import dev.millrace.Acknowledgment;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * When a record counts as handled: what FastStream's tests of acknowledgment show.
 */
@Timeout(120)
class AckConformanceIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final List<String> IDS = List.of("ack", "reject", "nack");

	private final TestCluster cluster = TestCluster.shared();

	private final String name = TestCluster.newName("ack");

	@Test
	@Behaviour({ 13, 68, 174 })
	void recordWhoseHandlerWasCutShortComesBackOnce() throws Exception {
		IDS.forEach((id) -> this.cluster.create(topic(id), 1, Map.of()));
		Slow stuck = new Slow(new CountDownLatch(1));
		try (TestApplication application = start(stuck)) {
			assertThat(application.context().isActive()).isTrue();
			IDS.forEach((id) -> this.cluster.send(topic(id), null, id));
			await().atMost(LONG).until(() -> stuck.begun.size() == 3);
		}
		assertThat(IDS).allSatisfy((id) -> {
			assertThat(this.cluster.committed("test." + id, topic(id))).isLessThanOrEqualTo(0);
			assertThat(deadLetters(id)).isEmpty();
		});

		Slow fast = new Slow(new CountDownLatch(0));
		try (TestApplication application = start(fast)) {
			assertThat(application.context().isActive()).isTrue();
			await().atMost(LONG)
				.until(() -> IDS.stream().allMatch((id) -> this.cluster.committed("test." + id, topic(id)) == 1));
		}
		assertThat(fast.begun).containsExactlyInAnyOrderElementsOf(IDS);
		stuck.end.countDown();
	}

	@Test
	@Behaviour(148)
	void recordThatIsNegativelyAcknowledgedIsNotCommittedBeforeItIsHandledAgain() {
		this.cluster.create(topic("manual"), 1, Map.of());
		try (TestApplication application = TestApplication.start(Manual.class, "name=" + this.name)) {
			this.cluster.send(topic("manual"), null, "x");
			await().atMost(LONG).until(() -> this.cluster.committed("test.manual", topic("manual")) == 1);
			assertThat(application.bean(Manual.class).committed).hasSize(2)
				.allSatisfy((offset) -> assertThat(offset).isLessThanOrEqualTo(0));
		}
	}

	@Test
	@Behaviour({ 165, 166, 167, 168, 169, 170, 171, 172, 173 })
	void policyOfASubscriberWinsOverItsRoutersAndThatOverTheApplications() throws Exception {
		List.of("plain", "router", "own").forEach((id) -> this.cluster.create(topic(id), 1, Map.of()));
		try (TestApplication application = TestApplication.start(Policies.class, "name=" + this.name,
				"millrace.subscriber.ack-policy=ack", "millrace.subscriber.retry.attempts=2")) {
			for (String id : List.of("plain", "router", "own")) {
				this.cluster.send(topic(id), null, id);
				await().atMost(LONG).until(() -> this.cluster.committed("test." + id, topic(id)) == 1);
			}
			assertThat(application.bean(Policies.class).calls).containsExactly("plain", "router", "own", "own");
			assertThat(deadLetters("plain")).isEmpty();
			assertThat(deadLetters("router")).containsExactly("router");
			assertThat(deadLetters("own")).containsExactly("own");
		}
	}

	private String topic(String id) {
		return this.name + "." + id;
	}

	private List<String> deadLetters(String id) throws Exception {
		boolean created = this.cluster.admin().listTopics().names().get().contains(topic(id) + "-dlt");
		return created ? this.cluster.values(topic(id) + "-dlt") : List.of();
	}

	private TestApplication start(Slow handler) {
		return TestApplication.start(this.cluster.bootstrapServers(), List.of(handler), Empty.class,
				"name=" + this.name, "millrace.shutdown.timeout=300ms");
	}

	static class Empty {

		@Bean
		SlowRouter router(Slow slow) {
			return new SlowRouter(slow);
		}

	}

	record Slow(Queue<String> begun, CountDownLatch end) {

		Slow(CountDownLatch end) {
			this(new ConcurrentLinkedQueue<>(), end);
		}

	}

	@StreamRouter(prefix = "${name}.")
	static class SlowRouter {

		private final Slow slow;

		SlowRouter(Slow slow) {
			this.slow = slow;
		}

		@StreamSubscriber(topics = "ack", id = "ack", ackPolicy = AckPolicy.ACK)
		@StreamSubscriber(topics = "reject", id = "reject", ackPolicy = AckPolicy.REJECT_ON_ERROR)
		@StreamSubscriber(topics = "nack", id = "nack", ackPolicy = AckPolicy.NACK_ON_ERROR)
		void handle(String text) throws InterruptedException {
			this.slow.begun().add(text);
			this.slow.end().await();
		}

	}

	static class Manual {

		final Queue<Long> committed = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${name}.manual", id = "manual", ackPolicy = AckPolicy.MANUAL)
		void handle(String text, StreamRecord record, Acknowledgment acknowledgment) {
			this.committed.add(TestCluster.shared().committed("test.manual", record.topic()));
			if (record.attempt() == 1) {
				acknowledgment.nack(Duration.ofSeconds(1));
			}
			else {
				acknowledgment.ack();
			}
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Policies {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@Bean
		Routed routed(Policies policies) {
			return new Routed(policies.calls);
		}

		@StreamSubscriber(topics = "${name}.plain", id = "plain")
		void handle(String text) {
			this.calls.add(text);
			throw new IllegalStateException(text);
		}

	}

	@StreamRouter(ackPolicy = AckPolicy.REJECT_ON_ERROR)
	record Routed(Queue<String> calls) {

		@StreamSubscriber(topics = "${name}.router", id = "router")
		@StreamSubscriber(topics = "${name}.own", id = "own", ackPolicy = AckPolicy.ACK_ON_SUCCESS)
		void handle(String text) {
			this.calls.add(text);
			throw new IllegalStateException(text);
		}

	}

}
