package dev.millrace.publisher;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BiConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Has actions that must wait for something run in the order in which they came, whatever
 * they wait for. Safe for use by several threads.
 */
public final class Turns {

	private final Executor executor;

	private CompletableFuture<?> last = CompletableFuture.completedFuture(null);

	/**
	 * Create the turns.
	 * @param executor runs the actions, one at a time
	 */
	public Turns(Executor executor) {
		this.executor = executor;
	}

	/**
	 * Return whether an action that waits for nothing could run at once.
	 * @return whether all actions have run
	 */
	public synchronized boolean isFree() {
		return this.last.isDone();
	}

	/**
	 * Run an action when it is its turn, on a thread of the executor.
	 * @param before what it waits for
	 * @param action gets what that has brought, or what it has failed with
	 * @param <T> what that brings
	 */
	public synchronized <T> void take(CompletionStage<T> before, BiConsumer<@Nullable T, @Nullable Throwable> action) {
		this.last = this.last.handle((done, failure) -> before)
			.thenCompose((stage) -> stage.handle((value, failure) -> (Runnable) () -> action.accept(value, failure)))
			.thenAcceptAsync(Runnable::run, this.executor);
	}

}
