package dev.millrace.handler;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import dev.millrace.NackRecord;
import dev.millrace.RejectRecord;
import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * Tests for {@link ExceptionHandlingInvoker}, however a handler fails: it throws, waits
 * for what has thrown, or its result does so.
 */
class ExceptionHandlingInvokerTests {

	static List<Failing> ways() {
		return List.of(new Failing("thrown", (failure) -> {
			throw unchecked(failure);
		}), new Failing("joined", (failure) -> CompletableFuture.supplyAsync(() -> {
			throw unchecked(failure);
		}).join()), new Failing("failed", CompletableFuture::failedFuture),
				new Failing("later", (failure) -> CompletableFuture.runAsync(() -> {
					throw unchecked(failure);
				})), new Failing("joined later", (failure) -> CompletableFuture
					.supplyAsync(() -> CompletableFuture.failedFuture(failure).join())));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void orderIsNeverHandled(Failing way) {
		for (RuntimeException order : List.of(new RejectRecord(), new NackRecord())) {
			assertThat(cause(catchThrowable(() -> result(way.with(order), Throwable.class)))).isSameAs(order);
		}
	}

	@ParameterizedTest
	@MethodSource("ways")
	void handlerOfTheOwnTypeIsTheNearest(Failing way) throws Exception {
		IllegalStateException failure = new IllegalStateException("mine");

		assertThat(result(way.with(failure), Throwable.class, RuntimeException.class, IllegalStateException.class))
			.isEqualTo(new Handled(IllegalStateException.class, failure));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void errorIsHandledLikeAnException(Failing way) throws Exception {
		AssertionError failure = new AssertionError("mine");

		assertThat(result(way.with(failure), AssertionError.class, Exception.class))
			.isEqualTo(new Handled(AssertionError.class, failure));
		assertThat(result(way.with(failure), Throwable.class, Exception.class))
			.isEqualTo(new Handled(Throwable.class, failure));
	}

	@ParameterizedTest
	@MethodSource("ways")
	void whatNobodyHandlesStaysWhatItWas(Failing way) {
		for (Throwable failure : List.of(new IllegalStateException("mine"), new AssertionError("mine"))) {
			assertThat(cause(catchThrowable(() -> result(way.with(failure), IllegalArgumentException.class))))
				.isSameAs(failure);
		}
	}

	@Test
	void wrapperThatNobodyHandlesIsThrownAsItWas() {
		CompletionException thrown = new CompletionException(new IllegalStateException("mine"));

		assertThat(catchThrowable(() -> result((delivery) -> {
			throw thrown;
		}, IllegalArgumentException.class))).isSameAs(thrown);
	}

	@Test
	void wrapperIsHandledWhereItsCauseIsNot() throws Exception {
		CompletionException thrown = new CompletionException(new IllegalStateException("mine"));

		assertThat(result((delivery) -> {
			throw thrown;
		}, CompletionException.class)).isEqualTo(new Handled(CompletionException.class, thrown));
		assertThat(catchThrowable(() -> result((delivery) -> {
			throw new CompletionException(new RejectRecord());
		}, CompletionException.class))).hasCauseInstanceOf(RejectRecord.class);
	}

	@Test
	void wrapperWithoutACauseIsAnExceptionOfItsOwn() throws Exception {
		CompletionException thrown = new CompletionException("mine", null);

		assertThat(result((delivery) -> {
			throw thrown;
		}, CompletionException.class)).isEqualTo(new Handled(CompletionException.class, thrown));
	}

	private static @Nullable Object result(RecordInvoker invoker, Class<?>... types) throws Exception {
		List<ExceptionHandlers.Candidate> candidates = Arrays.stream(types)
			.map((type) -> new ExceptionHandlers.Candidate(type.asSubclass(Throwable.class),
					(delivery) -> new Handled(type, delivery.failure())))
			.toList();
		Object result = new ExceptionHandlingInvoker(invoker, new ExceptionHandlers(List.of(candidates)))
			.invoke(TestDelivery.of(TestRecord.text("x").build()));
		return (result instanceof CompletionStage<?> later) ? later.toCompletableFuture().join() : result;
	}

	// As the engine takes what a handler has thrown.
	private static @Nullable Throwable cause(Throwable thrown) {
		return (thrown instanceof CompletionException) ? thrown.getCause() : thrown;
	}

	private static RuntimeException unchecked(Throwable failure) {
		if (failure instanceof Error error) {
			throw error;
		}
		return (RuntimeException) failure;
	}

	/**
	 * What a handler of exceptions was called with.
	 *
	 * @param type the type that it handles
	 * @param failure the exception
	 */
	record Handled(Class<?> type, @Nullable Throwable failure) {

	}

	/**
	 * Way in which a handler fails.
	 *
	 * @param name what it is called
	 * @param handler fails with an exception
	 */
	record Failing(String name, Handler handler) {

		RecordInvoker with(Throwable failure) {
			return (delivery) -> this.handler.fail(failure);
		}

		@Override
		public String toString() {
			return this.name;
		}

	}

	interface Handler {

		Object fail(Throwable failure) throws Exception;

	}

}
