package dev.millrace.test.transaction;

import java.util.List;

import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import dev.millrace.Response;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.Retry;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * What {@link StreamTestKit} does with transactions, on whatever broker.
 */
abstract class TransactionContract {

	@Autowired
	private StreamTestKit kit;

	@Test
	void timeDoesNotPassWhileTransactionsAreOnTheirWay() {
		List<String> bodies = List.of("1", "2", "3", "4", "5", "6", "7", "8");
		bodies.forEach((body) -> this.kit.send("gathering", body));
		this.kit.settle();

		assertThat(this.kit.subscriber("gathered")).wasCalledWith(bodies).wasCalled(1).committed();
	}

	@Test
	void timePassesWhileMarkersOfTransactionsAreBehindWhatWaits() {
		this.kit.publish("exact", "again");

		assertThat(this.kit.subscriber("exact")).wasCalled(1).committed();
		assertThat(this.kit.subscriber("exact-out")).wasCalled(2).committed();
		assertThat(this.kit.subscriber("exact-out")).committedUpTo(this.kit.topic("exact-out").records().get(0));
	}

	@Test
	void offsetsMayBeCommittedBehindMarkersOfTransactions() {
		List.of("1", "2").forEach((body) -> this.kit.publish("exact", body));
		List<StreamRecord> records = this.kit.topic("exact-out").records();

		assertThat(this.kit.subscriber("exact-out")).committedUpTo(records.get(1));
		assertThatThrownBy(() -> assertThat(this.kit.subscriber("exact-out")).committedUpTo(records.get(0)))
			.isInstanceOf(AssertionError.class)
			.hasMessageContaining("Expected exact-out-0 to be committed by exact-out up to");
	}

	@Test
	void timePassesForRetriesWithinATransaction() {
		long begin = System.nanoTime();
		this.kit.publish("exact", "fails");

		assertThat(System.nanoTime() - begin).isLessThan(8_000_000_000L);
		assertThat(this.kit.subscriber("exact-again")).wasCalled(2).committed();
	}

	@Test
	void timePassesForRetriesWithinATransactionThoughMoreIsThere() {
		long begin = System.nanoTime();
		this.kit.send("wide", Response.of("fails").withPartition(0));
		await().until(() -> !this.kit.subscriber("wide").calls().isEmpty());
		this.kit.publish("wide", Response.of("other").withPartition(1));

		assertThat(System.nanoTime() - begin).isLessThan(8_000_000_000L);
		assertThat(this.kit.subscriber("wide")).wasCalled(3).committed();
	}

	@SpringBootApplication
	@Import(Handlers.class)
	static class Application {

		@Bean
		NewTopic wide() {
			return new NewTopic("wide", 2, (short) 1);
		}

	}

	static class Handlers {

		@StreamSubscriber(topics = "gathering", exactlyOnce = true)
		@StreamPublisher("gathered")
		String passOn(String body) {
			return body;
		}

		@StreamSubscriber(topics = "gathered", id = "gathered", batch = true, maxWait = "10m")
		void gather(List<String> bodies) {
			// Those that came together are looked at.
		}

		@StreamSubscriber(topics = "exact", id = "exact", exactlyOnce = true)
		@StreamPublisher("exact-out")
		String exact(String body) {
			return body;
		}

		@StreamSubscriber(topics = "exact-out", id = "exact-out")
		@Retry(delay = "10m")
		void afterwards(StreamRecord record, String body) {
			if (body.equals("again") && record.attempt() == 1) {
				throw new IllegalStateException("Attempt 1");
			}
		}

		@StreamSubscriber(topics = "exact-out", id = "exact-again", exactlyOnce = true)
		@StreamSubscriber(topics = "wide", id = "wide", exactlyOnce = true)
		@Retry(delay = "20s")
		void again(StreamRecord record, String body) {
			if (body.equals("fails") && record.attempt() == 1) {
				throw new IllegalStateException("Attempt 1");
			}
		}

	}

}
