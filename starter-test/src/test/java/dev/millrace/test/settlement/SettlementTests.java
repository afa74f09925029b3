package dev.millrace.test.settlement;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

import dev.millrace.AckPolicy;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for when everything has settled: the broker is asked for the ends of topics and
 * for what is committed one after the other, and records may come in between.
 */
@StreamTest
class SettlementTests {

	@Autowired
	private StreamTestKit kit;

	@Autowired
	private Meanwhile meanwhile;

	@Autowired
	private Handlers handlers;

	@Test
	void recordsThatComeWhileTheBrokerIsAskedAreWaitedFor() {
		this.meanwhile.before(Meanwhile.COMMITTED, () -> this.kit.send("late", "x"));

		this.kit.publish("early", "x");

		assertThat(this.meanwhile.isOver()).isTrue();
		assertThat(this.handlers.ended).contains("late");
	}

	@Test
	void recordsThatAreCommittedBeforeTheyAreHandledAreWaitedFor() {
		this.meanwhile.before(Meanwhile.ENDS, () -> {
			this.kit.send("committed", "x");
			await().until(() -> this.handlers.begun.contains("committed"));
		});

		this.kit.publish("early", "x");

		assertThat(this.meanwhile.isOver()).isTrue();
		assertThat(this.handlers.ended).contains("committed");
	}

	@SpringBootApplication
	@Import({ Handlers.class, Meanwhile.class })
	static class Application {

	}

	static class Handlers {

		private final Set<String> begun = ConcurrentHashMap.newKeySet();

		private final Set<String> ended = ConcurrentHashMap.newKeySet();

		@StreamSubscriber("early")
		void early(String body) {
			assertThat(body).isEqualTo("x");
		}

		@StreamSubscriber("late")
		CompletableFuture<Void> late(String body) {
			return endLater("late");
		}

		@StreamSubscriber(topics = "committed", ackPolicy = AckPolicy.ACK_FIRST)
		CompletableFuture<Void> committed(String body) {
			return endLater("committed");
		}

		// Later than everything that the kit has to ask
		private CompletableFuture<Void> endLater(String name) {
			this.begun.add(name);
			return CompletableFuture.runAsync(() -> this.ended.add(name),
					CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
		}

	}

}
