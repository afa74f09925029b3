package dev.millrace.test.fault;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong with the clients of an application. Safe for use by several
 * threads.
 */
public final class ClientFaults {

	private final Map<String, Queue<RuntimeException>> sends = new HashMap<>();

	private final Map<String, Queue<RuntimeException>> commits = new HashMap<>();

	private final Map<String, Duration> delays = new HashMap<>();

	private final AtomicLong begun = new AtomicLong();

	private final AtomicInteger unwritten = new AtomicInteger();

	private final AtomicInteger unconfirmed = new AtomicInteger();

	private volatile boolean cut;

	private volatile boolean holding;

	/**
	 * Let the next records that are sent to a topic fail.
	 * @param topic the topic
	 * @param count how many
	 * @param failure what their sender gets
	 */
	public synchronized void failSends(String topic, int count, RuntimeException failure) {
		add(this.sends.computeIfAbsent(topic, (name) -> new ArrayDeque<>()), count, failure);
	}

	/**
	 * Let the next commits of a group fail.
	 * @param groupId the group
	 * @param count how many
	 * @param failure what the consumer gets
	 */
	public synchronized void failCommits(String groupId, int count, RuntimeException failure) {
		add(this.commits.computeIfAbsent(groupId, (id) -> new ArrayDeque<>()), count, failure);
	}

	/**
	 * Let records that are sent to a topic be confirmed late.
	 * @param topic the topic
	 * @param delay how late
	 */
	public synchronized void delaySends(String topic, Duration delay) {
		this.delays.put(topic, delay);
	}

	/**
	 * Let everything go well that is still to come.
	 */
	public synchronized void clear() {
		this.sends.clear();
		this.commits.clear();
		this.delays.clear();
	}

	/**
	 * Return whether the broker has answered all that was sent, whether or not it is
	 * confirmed late.
	 * @return whether nothing is on its way to the broker
	 */
	public boolean isWritten() {
		return this.unwritten.get() == 0;
	}

	/**
	 * Return how many records were given to the clients to be sent.
	 * @return the number, which never falls
	 */
	public long begun() {
		return this.begun.get();
	}

	/**
	 * Let no commit through that need not be answered, as if the broker did not get to
	 * them.
	 * @param holding whether they are held
	 */
	void holdCommits(boolean holding) {
		this.holding = holding;
	}

	/**
	 * Cut all clients off, or connect them again.
	 * @param cut whether they are cut off
	 */
	void cut(boolean cut) {
		this.cut = cut;
	}

	boolean isCut() {
		return this.cut;
	}

	boolean areCommitsHeld() {
		return this.holding || this.cut;
	}

	synchronized @Nullable RuntimeException nextSend(String topic) {
		return poll(this.sends.get(topic));
	}

	synchronized @Nullable RuntimeException nextCommit(String groupId) {
		return poll(this.commits.get(groupId));
	}

	synchronized Duration delay(String topic) {
		return this.delays.getOrDefault(topic, Duration.ZERO);
	}

	void sent() {
		this.unwritten.incrementAndGet();
		this.unconfirmed.incrementAndGet();
		this.begun.incrementAndGet();
	}

	void written() {
		this.unwritten.decrementAndGet();
	}

	void confirmed() {
		this.unconfirmed.decrementAndGet();
	}

	boolean isConfirmed() {
		return this.unconfirmed.get() == 0;
	}

	private static void add(Queue<RuntimeException> failures, int count, RuntimeException failure) {
		for (int i = 0; i < count; i++) {
			failures.add(failure);
		}
	}

	private static @Nullable RuntimeException poll(@Nullable Queue<RuntimeException> failures) {
		return (failures != null) ? failures.poll() : null;
	}

}
