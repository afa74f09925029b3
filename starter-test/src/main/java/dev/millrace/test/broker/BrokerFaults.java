package dev.millrace.test.broker;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.BooleanSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What is to go wrong in an in-memory broker.
 */
public final class BrokerFaults {

	private static final Duration FOR_EVER = Duration.ofSeconds(Long.MAX_VALUE);

	private final BrokerLock lock;

	private final Map<String, Queue<RuntimeException>> sends = new HashMap<>();

	private final Map<String, Queue<RuntimeException>> commits = new HashMap<>();

	private final Set<String> held = new HashSet<>();

	BrokerFaults(BrokerLock lock) {
		this.lock = lock;
	}

	/**
	 * Let the next record that is sent to a topic fail; called twice, the next two. As
	 * the failure is what remains after the client's own retries, it is not tried again.
	 * @param topic the topic
	 * @param failure what the sender gets
	 */
	public void failNextSend(String topic, RuntimeException failure) {
		this.lock.run(() -> this.sends.computeIfAbsent(topic, (name) -> new ArrayDeque<>()).add(failure));
	}

	/**
	 * Let the next commit of offsets of a group fail; called twice, the next two.
	 * Transactions are not meant.
	 * @param groupId the group
	 * @param failure what the consumer gets
	 */
	public void failNextCommit(String groupId, RuntimeException failure) {
		this.lock.run(() -> this.commits.computeIfAbsent(groupId, (name) -> new ArrayDeque<>()).add(failure));
	}

	/**
	 * Leave records that are sent to a topic unanswered until
	 * {@link #releaseSends(String)}. What the same producer sends after them waits too,
	 * to whatever topic.
	 * @param topic the topic
	 */
	public void holdSends(String topic) {
		this.lock.run(() -> this.held.add(topic));
	}

	/**
	 * Answer what was held.
	 * @param topic the topic
	 */
	public void releaseSends(String topic) {
		this.lock.run(() -> this.held.remove(topic));
		this.lock.changed();
	}

	/**
	 * Let everything go well again.
	 */
	public void clear() {
		this.lock.run(() -> {
			this.sends.clear();
			this.commits.clear();
			this.held.clear();
		});
		this.lock.changed();
	}

	/**
	 * Called by the producer's network thread before a record is written.
	 * @param topic where to
	 * @param givenUp whether the producer does not wait any longer
	 */
	void beforeSend(String topic, BooleanSupplier givenUp) {
		this.lock.await(() -> !this.held.contains(topic) || givenUp.getAsBoolean(), Deadline.in(FOR_EVER));
		fail(this.sends, topic);
	}

	void beforeCommit(String groupId) {
		fail(this.commits, groupId);
	}

	private void fail(Map<String, Queue<RuntimeException>> failures, String name) {
		RuntimeException failure = this.lock.call(() -> next(failures.get(name)));
		if (failure != null) {
			throw failure;
		}
	}

	private static @Nullable RuntimeException next(@Nullable Queue<RuntimeException> failures) {
		return (failures != null) ? failures.poll() : null;
	}

}
