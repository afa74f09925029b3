package dev.millrace.request;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.UnaryOperator;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import dev.millrace.StreamException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReplyResults}.
 */
class ReplyResultsTests {

	@Test
	void requestThatIsMadeAfterTheEndOfTheApplicationFails() {
		ReplyResults results = new ReplyResults(() -> {
			throw new IllegalStateException("nothing to read");
		}, (task) -> {
			throw new RejectedExecutionException("shut down");
		});
		CompletableFuture<ConsumerRecord<byte[], byte[]>> reply = new CompletableFuture<>();
		CompletableFuture<@Nullable String> result = results.of(reply, String.class, UnaryOperator.identity());

		reply.completeExceptionally(new StreamException("no answer", null));

		assertThat(result).isCompletedExceptionally();
	}

}
