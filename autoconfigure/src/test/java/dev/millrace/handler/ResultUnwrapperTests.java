package dev.millrace.handler;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ResultUnwrapper}.
 */
class ResultUnwrapperTests {

	@Test
	void valueStaysAsItIs() {
		Object value = new Object();

		assertThat(ResultUnwrapper.unwrap(value)).isSameAs(value);
		assertThat(ResultUnwrapper.unwrap(null)).isNull();
	}

	@Test
	void optionalIsItsValueOrNothing() {
		assertThat(ResultUnwrapper.unwrap(Optional.of("x"))).isEqualTo("x");
		assertThat(ResultUnwrapper.unwrap(Optional.empty())).isNull();
	}

	@Test
	void stageCompletesWithTheUnwrappedValue() {
		CompletableFuture<Optional<String>> pending = new CompletableFuture<>();

		CompletableFuture<?> result = stage(pending);

		assertThat(result).isNotDone();
		pending.complete(Optional.of("x"));
		assertThat(result).isCompletedWithValueMatching("x"::equals);
		assertThat(stage(CompletableFuture.completedFuture(Optional.empty())).join()).isNull();
		assertThat(stage(CompletableFuture.completedFuture(null)).join()).isNull();
	}

	@Test
	void stageWithinAStageIsWaitedFor() {
		CompletableFuture<String> inner = new CompletableFuture<>();

		CompletableFuture<?> result = stage(CompletableFuture.completedFuture(inner));

		assertThat(result).isNotDone();
		inner.complete("x");
		assertThat(result.join()).isEqualTo("x");
	}

	@Test
	void failureIsTheHandlersOwnException() {
		IllegalStateException failure = new IllegalStateException("mine");
		CompletableFuture<String> source = new CompletableFuture<>();
		CompletableFuture<?> result = stage(source.thenApply((value) -> value + "!"));

		source.completeExceptionally(failure);

		assertThat(failureOf(result)).isSameAs(failure);
		assertThat(failureOf(stage(CompletableFuture.failedFuture(failure)))).isSameAs(failure);
	}

	@Test
	void monoIsSubscribedToOnce() {
		AtomicInteger subscriptions = new AtomicInteger();
		Mono<String> mono = Mono.fromCallable(() -> "x" + subscriptions.incrementAndGet());

		assertThat(stage(mono).join()).isEqualTo("x1");
		assertThat(subscriptions).hasValue(1);
	}

	@Test
	void emptyMonoIsNothingAndFailedMonoFails() {
		IllegalStateException failure = new IllegalStateException("mine");

		assertThat(stage(Mono.empty()).join()).isNull();
		assertThat(failureOf(stage(Mono.error(failure)))).isSameAs(failure);
	}

	private static CompletableFuture<?> stage(Object result) {
		Object unwrapped = ResultUnwrapper.unwrap(result);
		assertThat(unwrapped).isInstanceOf(CompletionStage.class);
		return ((CompletionStage<?>) unwrapped).toCompletableFuture();
	}

	private static Throwable failureOf(CompletableFuture<?> future) {
		CompletableFuture<Throwable> failure = new CompletableFuture<>();
		future.whenComplete((value, ex) -> failure.complete(ex));
		assertThat(failure).isDone();
		return failure.join();
	}

}
