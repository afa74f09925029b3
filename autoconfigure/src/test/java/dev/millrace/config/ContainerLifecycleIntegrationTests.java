package dev.millrace.config;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Subscribers are containers of spring-kafka's registry, to be started and stopped there.
 */
@Timeout(120)
class ContainerLifecycleIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void subscriberThatDoesNotStartWithTheApplicationIsStartedByHand() {
		String in = this.cluster.newTopic("by-hand-in", 1);
		this.cluster.send(in, null, "early");
		try (TestApplication application = TestApplication.start(ByHand.class, "in=" + in)) {
			MessageListenerContainer container = application.container("by-hand");
			assertThat(container.isRunning()).isFalse();

			container.start();

			Handler handler = application.bean(Handler.class);
			await().atMost(Duration.ofSeconds(20)).until(() -> handler.bodies.contains("early"));
		}
	}

	@Test
	void subscriberThatIsStoppedAndStartedAgainGoesOnWhereItWas() {
		String in = this.cluster.newTopic("again-in", 2);
		try (TestApplication application = TestApplication.start(Again.class, "in=" + in)) {
			Handler handler = application.bean(Handler.class);
			MessageListenerContainer container = application.container("again");
			for (int i = 0; i < 3; i++) {
				this.cluster.send(in, "a", "a" + i);
				this.cluster.send(in, "b", "b" + i);
				int count = 2 * i + 2;
				await().atMost(Duration.ofSeconds(20)).until(() -> handler.bodies.size() >= count);
				container.stop();
				assertThat(container.isRunning()).isFalse();
				assertThat(this.cluster.committed("test.again", in)).isEqualTo(count);
				container.start();
			}
			this.cluster.send(in, "a", "end");
			await().atMost(Duration.ofSeconds(20)).until(() -> handler.bodies.contains("end"));
			assertThat(handler.bodies).containsExactlyInAnyOrder("a0", "b0", "a1", "b1", "a2", "b2", "end");
		}
	}

	static class Handler {

		final Queue<String> bodies = new ConcurrentLinkedQueue<>();

	}

	static class ByHand extends Handler {

		@StreamSubscriber(topics = "${in}", id = "by-hand", autoStartup = "false")
		void handle(String body) {
			this.bodies.add(body);
		}

	}

	static class Again extends Handler {

		@StreamSubscriber(topics = "${in}", id = "again")
		void handle(String body) {
			this.bodies.add(body);
		}

	}

}
