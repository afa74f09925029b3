package dev.millrace.test.kit;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.millrace.Response;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.Backend;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link StreamTestKit} on a real broker.
 */
@StreamTest(backend = Backend.EMBEDDED, properties = "millrace.shutdown.timeout=500ms")
class StreamTestKitIntegrationTests extends StreamTestKitContract {

	@Autowired
	private StreamTestKit kit;

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

}
