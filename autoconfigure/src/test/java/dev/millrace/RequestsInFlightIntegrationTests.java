package dev.millrace;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Many requests at once.
 */
@Timeout(180)
class RequestsInFlightIntegrationTests {

	private static final int REQUESTS = 10_000;

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("in-flight", 4);

	@Test
	void tenThousandAreAllAnswered() {
		try (TestApplication asking = start(Nothing.class)) {
			List<CompletableFuture<String>> answers = ask(asking);
			await().atMost(Duration.ofSeconds(60)).until(() -> this.cluster.end(this.in) == REQUESTS);
			assertThat(asking.bean(RequestMonitor.class).waiting()).isEqualTo(REQUESTS);
			assertThat(threads()).isLessThan(200);

			try (TestApplication answering = start(Echo.class)) {
				assertAnswered(asking, answers);
				assertThat(answering.context().isActive()).isTrue();
			}
			assertThat(asking.bean(RequestMonitor.class).late()).isZero();
		}
	}

	@Test
	void restartsOfThoseWhoAnswerLoseNone() {
		Semaphore permits = new Semaphore(0);
		try (TestApplication asking = start(Nothing.class)) {
			List<CompletableFuture<String>> answers = ask(asking);
			for (int i = 0; i < 3; i++) {
				permits.release(2000);
				try (TestApplication answering = start(Gated.class, permits)) {
					await().atMost(Duration.ofSeconds(60)).until(() -> permits.availablePermits() == 0);
					assertThat(answering.context().isActive()).isTrue();
				}
			}
			assertThat(answered(answers)).isBetween(2000L - 4, 6000L);
			permits.release(10 * REQUESTS);
			try (TestApplication answering = start(Gated.class, permits)) {
				assertAnswered(asking, answers);
				assertThat(answering.context().isActive()).isTrue();
			}
		}
	}

	private List<CompletableFuture<String>> ask(TestApplication asking) {
		StreamOperations streams = asking.bean(StreamOperations.class);
		List<CompletableFuture<String>> answers = new ArrayList<>();
		for (int i = 0; i < REQUESTS; i++) {
			answers.add(streams.request(this.in, "" + i, String.class, Duration.ofSeconds(120)));
		}
		return answers;
	}

	private static long answered(List<CompletableFuture<String>> answers) {
		return answers.stream().filter(CompletableFuture::isDone).count();
	}

	private static void assertAnswered(TestApplication asking, List<CompletableFuture<String>> answers) {
		for (int i = 0; i < answers.size(); i++) {
			assertThat(answers.get(i).join()).isEqualTo("echo " + i);
		}
		assertThat(asking.bean(RequestMonitor.class).waiting()).isZero();
	}

	private static int threads() {
		return Thread.getAllStackTraces().size();
	}

	private TestApplication start(Class<?> configuration, Object... beans) {
		return TestApplication.start(this.cluster.bootstrapServers(), List.of(beans), configuration,
				"millrace.shutdown.timeout=500ms", "in=" + this.in,
				"millrace.request.reply-topic=" + this.in + "-replies", "millrace.subscriber.group-id=" + this.in);
	}

	static class Nothing {

	}

	static class Echo {

		@StreamSubscriber(topics = "${in}", id = "echo", ordering = Ordering.NONE, concurrency = "4")
		String handle(String body) {
			return "echo " + body;
		}

	}

	static class Gated {

		private final Semaphore permits;

		Gated(Semaphore permits) {
			this.permits = permits;
		}

		@StreamSubscriber(topics = "${in}", id = "echo", ordering = Ordering.NONE, concurrency = "4")
		String handle(String body) throws InterruptedException {
			this.permits.acquire();
			return "echo " + body;
		}

	}

}
