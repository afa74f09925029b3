package dev.millrace.publisher;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Turns}.
 */
@Timeout(20)
class TurnsTests {

	private final ExecutorService threads = Executors.newFixedThreadPool(4);

	private final Turns turns = new Turns(this.threads);

	@AfterEach
	void shutDown() {
		this.threads.shutdownNow();
	}

	@Test
	void actionsThatWaitForTheSameRunInTheOrderInWhichTheyCame() throws InterruptedException {
		CompletableFuture<Integer> opening = new CompletableFuture<>();
		ConcurrentLinkedQueue<Integer> ran = new ConcurrentLinkedQueue<>();
		CountDownLatch all = new CountDownLatch(1000);
		for (int i = 0; i < 1000; i++) {
			int number = i;
			this.turns.take(opening, (value, failure) -> {
				ran.add(number + value);
				all.countDown();
			});
		}
		assertThat(this.turns.isFree()).isFalse();
		assertThat(ran).isEmpty();

		opening.complete(0);

		all.await();
		assertThat(ran).containsExactlyElementsOf(IntStream.range(0, 1000).boxed().toList());
	}

	@Test
	void oneThatIsReadyWaitsForThoseBefore() throws InterruptedException {
		CompletableFuture<String> opening = new CompletableFuture<>();
		ConcurrentLinkedQueue<String> ran = new ConcurrentLinkedQueue<>();
		CountDownLatch both = new CountDownLatch(2);
		this.turns.take(opening, (value, failure) -> {
			ran.add(value + failure);
			both.countDown();
		});
		this.turns.take(CompletableFuture.completedStage("ready"), (value, failure) -> {
			ran.add(value + failure);
			both.countDown();
		});

		opening.completeExceptionally(new IllegalStateException("x"));

		both.await();
		assertThat(List.copyOf(ran)).containsExactly("nulljava.lang.IllegalStateException: x", "readynull");
	}

	@Test
	void actionThatThrowsHoldsUpNobody() throws InterruptedException {
		CountDownLatch next = new CountDownLatch(1);
		this.turns.take(CompletableFuture.completedStage(1), (value, failure) -> {
			throw new IllegalStateException("x");
		});

		this.turns.take(CompletableFuture.completedStage(1), (value, failure) -> next.countDown());

		next.await();
		assertThat(next.getCount()).isZero();
	}

}
