package dev.millrace.failure;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;

/**
 * The keys of one partition, during one assignment, of which records wait in a retry
 * topic, so that later ones of the same key wait behind them. Only keys of which some do
 * are kept. Safe for use by several threads.
 * <p>
 * Places in the order are offsets of the partition itself, not of the retry topic. With
 * records 5 and 7 of a key known to be in the retry topic, the key is parked until 7 has
 * been polled from there and nothing of the key that was polled is unfinished. A copy
 * that arrives after that is handled once more, but never at the same time as another
 * record of its key.
 */
public final class ParkedKeys {

	private final Map<Object, State> states = new HashMap<>();

	private final EnteredKeys entered;

	private volatile int unread;

	/**
	 * Create the keys of an assignment, of which none is parked.
	 * @param entered those with a record that is being handled, under any assignment
	 */
	ParkedKeys(EnteredKeys entered) {
		this.entered = entered;
	}

	/**
	 * Ask whether a record of the key is on its way into the retry topic. One that comes
	 * behind it must not be decided about before.
	 * @param key the key
	 * @return {@code null} when there is none, or a stage after which to ask again
	 */
	public synchronized @Nullable CompletionStage<?> untilWritten(Object key) {
		State state = this.states.get(key);
		return (state != null && state.writing > 0) ? state.changed() : null;
	}

	/**
	 * Begin to handle a record that comes from the partition itself, unless its key is
	 * parked.
	 * @param key the key
	 * @return whether to handle it, and to {@link #leave} afterwards; otherwise it has to
	 * go into the retry topic
	 */
	public synchronized boolean enter(Object key) {
		State state = this.states.get(key);
		if (state != null && state.isParked()) {
			return false;
		}
		this.entered.enter(key);
		return true;
	}

	/**
	 * Take note that the handler has returned.
	 * @param key the key
	 */
	public void leave(Object key) {
		this.entered.leave(key);
	}

	/**
	 * Ask whether a record of the key that comes from the partition itself is being
	 * handled, also one that has outlived an earlier assignment. One that comes from the
	 * retry topic must not run beside it.
	 * @param key the key
	 * @return {@code null} when there is none, or a stage after which to ask again
	 */
	public @Nullable CompletionStage<?> untilLeft(Object key) {
		return this.entered.untilLeft(key);
	}

	/**
	 * Take note that a record is found in the retry topic, and will be polled from there
	 * once more.
	 * @param key the key
	 * @param offset the offset that it has in the partition
	 */
	public void found(Object key, long offset) {
		update(key, (state) -> state.parkedTo(offset));
		count(1);
	}

	/**
	 * Take note that a record from the retry topic is about to wait or to be handled.
	 * @param key the key
	 * @param offset the offset that it has in the partition, or -1 when it is not known
	 */
	public void polled(Object key, long offset) {
		count(-1);
		update(key, (state) -> {
			state.polledTo = Math.max(state.polledTo, offset);
			state.unfinished++;
		});
	}

	/**
	 * Take note that nothing more will happen to a polled record.
	 * @param key the key
	 */
	public void finished(Object key) {
		update(key, (state) -> state.unfinished--);
	}

	/**
	 * Return whether there is something in the retry topic that was not polled yet.
	 * @return whether polling is worth a moment
	 */
	public boolean isExpecting() {
		return this.unread > 0;
	}

	/**
	 * Return how many keys are parked.
	 * @return the number of keys
	 */
	public synchronized int size() {
		return this.states.size();
	}

	void writing(Object key, long offset) {
		update(key, (state) -> {
			state.parkedTo(offset);
			state.writing++;
		});
	}

	void written(Object key, boolean confirmed) {
		if (confirmed) {
			count(1);
		}
		update(key, (state) -> state.writing--);
	}

	// Only a hint: a record that somebody else has written is in no count.
	private synchronized void count(int more) {
		this.unread = Math.max(0, this.unread + more);
	}

	private void update(Object key, Consumer<State> change) {
		CompletableFuture<Void> waiting;
		synchronized (this) {
			State state = this.states.computeIfAbsent(key, (absent) -> new State());
			change.accept(state);
			if (!state.isParked()) {
				this.states.remove(key);
			}
			waiting = state.changed;
			state.changed = null;
		}
		// Outside: whoever waits comes back here.
		if (waiting != null) {
			waiting.complete(null);
		}
	}

	/**
	 * What is going on with a key; guarded by its owner.
	 */
	private static final class State {

		private int writing;

		private int unfinished;

		private long parkedTo = -1;

		private long polledTo = -1;

		private @Nullable CompletableFuture<Void> changed;

		void parkedTo(long offset) {
			this.parkedTo = Math.max(this.parkedTo, offset);
		}

		boolean isParked() {
			return this.writing > 0 || this.unfinished > 0 || this.parkedTo > this.polledTo;
		}

		CompletionStage<?> changed() {
			CompletableFuture<Void> changed = this.changed;
			if (changed == null) {
				changed = new CompletableFuture<>();
				this.changed = changed;
			}
			return changed;
		}

	}

}
