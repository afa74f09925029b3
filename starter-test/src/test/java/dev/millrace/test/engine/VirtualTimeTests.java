package dev.millrace.test.engine;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link VirtualTime}.
 */
class VirtualTimeTests {

	private final VirtualTime time = new VirtualTime();

	@Test
	void timeIsNotAwaitedWhileSomethingHappensWhoseTimeHasCome() throws InterruptedException {
		CountDownLatch happening = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		this.time.schedule(TimeUnit.HOURS.toNanos(1), () -> {
		});
		assertThat(this.time.isAwaited()).isTrue();

		this.time.schedule(0, () -> {
			happening.countDown();
			awaitUninterrupted(end);
		});
		happening.await();

		assertThat(this.time.isAwaited()).isFalse();
		end.countDown();
		await().until(this.time::isAwaited);
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
