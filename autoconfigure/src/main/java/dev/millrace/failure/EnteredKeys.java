package dev.millrace.failure;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;

/**
 * The keys of a subscriber of which records are being handled that come from the
 * partitions themselves, and not from the retry topic. Handlers may outlive assignments,
 * so these do too. Safe for use by several threads.
 */
final class EnteredKeys {

	private final Map<Object, State> states = new HashMap<>();

	synchronized void enter(Object key) {
		this.states.computeIfAbsent(key, (absent) -> new State()).handlers++;
	}

	void leave(Object key) {
		CompletableFuture<Void> left = left(key);
		// Outside: whoever waits comes back here.
		if (left != null) {
			left.complete(null);
		}
	}

	private synchronized @Nullable CompletableFuture<Void> left(Object key) {
		State state = this.states.get(key);
		if (state == null || --state.handlers > 0) {
			return null;
		}
		this.states.remove(key);
		return state.left;
	}

	/**
	 * Ask whether a record of the key is being handled.
	 * @param key the key
	 * @return {@code null} when there is none, or a stage after which to ask again
	 */
	synchronized @Nullable CompletionStage<?> untilLeft(Object key) {
		State state = this.states.get(key);
		return (state != null) ? state.left() : null;
	}

	/**
	 * What is going on with a key; guarded by its owner.
	 */
	private static final class State {

		private int handlers;

		private @Nullable CompletableFuture<Void> left;

		CompletionStage<?> left() {
			CompletableFuture<Void> left = this.left;
			if (left == null) {
				left = new CompletableFuture<>();
				this.left = left;
			}
			return left;
		}

	}

}
