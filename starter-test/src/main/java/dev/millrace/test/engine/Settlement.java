package dev.millrace.test.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.RequestMonitor;
import dev.millrace.RetryMode;
import dev.millrace.endpoint.RetrySettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.endpoint.Subscription;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Waits until everything that was published has had all its consequences: it is handled,
 * what came of it is published and handled too, retries and dead letters included, and
 * all offsets are committed. While nothing happens but that something waits for its time,
 * the time is moved on.
 */
public final class Settlement {

	private static final int MOST_ADVANCES = 10_000;

	private static final long PAUSE_NANOS = 100_000;

	private final SubscriberRuntimes subscribers;

	private final TopicOffsets offsets;

	private final RequestMonitor requests;

	private final VirtualTime time;

	private final CountedThreads threads;

	private final Clients clients;

	private final Predicate<String> reading;

	private final Supplier<@Nullable String> crash;

	private volatile Snapshot settled = new Snapshot(Map.of(), Set.of());

	/**
	 * Create what waits.
	 * @param subscribers the subscribers
	 * @param offsets where topics end and what is committed
	 * @param requests the requests that wait for their answers
	 * @param time the time
	 * @param threads the threads of the handlers
	 * @param clients what is known of the clients of the application
	 * @param reading whether a subscriber runs and is not paused, by its id
	 * @param crash the crash that is still to come or not yet over, if there is one
	 */
	public Settlement(SubscriberRuntimes subscribers, TopicOffsets offsets, RequestMonitor requests, VirtualTime time,
			CountedThreads threads, Clients clients, Predicate<String> reading, Supplier<@Nullable String> crash) {
		this.subscribers = subscribers;
		this.offsets = offsets;
		this.requests = requests;
		this.time = time;
		this.threads = threads;
		this.clients = clients;
		this.reading = reading;
		this.crash = crash;
	}

	/**
	 * Wait.
	 * @param begin where topics ended when the test began: what is before does not count
	 * @param timeout how long to wait, in real time
	 * @return what is left after that time, nothing when all has settled
	 */
	public List<String> await(Map<TopicPartition, Long> begin, Duration timeout) {
		long deadline = System.nanoTime() + timeout.toNanos();
		int advances = 0;
		List<String> left = left(begin);
		while (!left.isEmpty() && System.nanoTime() - deadline < 0 && advances < MOST_ADVANCES) {
			if (isOnlyWaiting(begin) && this.time.advanceToNext()) {
				advances++;
			}
			else {
				LockSupport.parkNanos(PAUSE_NANOS);
			}
			left = left(begin);
		}
		return left;
	}

	List<String> uncommitted(SubscriberEndpoint endpoint, Map<TopicPartition, Long> begin) {
		return uncommittedOf(endpoint, newEnds(begin));
	}

	/**
	 * Commit what is left, so that nobody reads it any more. Nobody may be reading.
	 * @param begin where topics ended when the test began
	 */
	public void skip(Map<TopicPartition, Long> begin) {
		Map<TopicPartition, Long> ends = newEnds(begin);
		this.subscribers.runtimes()
			.stream()
			.flatMap((subscriber) -> subscriber.parts().stream())
			.forEach((part) -> skip(part, ends));
	}

	private void skip(SubscriberEndpoint part, Map<TopicPartition, Long> ends) {
		Map<TopicPartition, Long> own = new HashMap<>(ends);
		own.keySet().removeIf((partition) -> !part.reads(partition));
		if (!own.isEmpty()) {
			this.offsets.commit(part.consumer().groupId(), own);
		}
	}

	// To ask takes a while, in which something may begin, and even end.
	private boolean isOnlyWaiting(Map<TopicPartition, Long> begin) {
		long begun = begun();
		return this.time.isAwaited() && this.clients.haveWritten() && this.threads.isIdle()
				&& this.clients.haveAll(reading(), begin) && this.time.isAwaited() && begun() == begun;
	}

	private long begun() {
		return this.threads.begun() + this.clients.sends();
	}

	List<String> left(Map<TopicPartition, Long> begin) {
		String crash = this.crash.get();
		if (crash != null) {
			return List.of(crash);
		}
		long begun = begun();
		List<String> left = inHand();
		// The broker is asked late, because that takes longest.
		if (left.isEmpty()) {
			Map<TopicPartition, Long> ends = newEnds(begin);
			List<SubscriberRuntime> reading = reading();
			reading.forEach((subscriber) -> left.addAll(uncommittedOf(subscriber.endpoint(), ends)));
			// What has been committed meanwhile may have had consequences.
			if (left.isEmpty() && !ends.equals(newEnds(begin))) {
				left.add("Records have come");
			}
			// What is committed before it is handled may have begun meanwhile.
			left.addAll(inHand());
			if (left.isEmpty() && begun() != begun) {
				left.add("Something has begun");
			}
			if (left.isEmpty()) {
				this.settled = new Snapshot(ends, ids(reading));
			}
		}
		return left;
	}

	/**
	 * Return whether nothing is left, without asking the broker.
	 * @param begin where topics ended when the test began
	 * @param ends where they end now
	 * @return whether nothing was published since everything had settled, and nobody has
	 * begun or ceased to read
	 */
	boolean isSettled(Map<TopicPartition, Long> begin, Map<TopicPartition, Long> ends) {
		Map<TopicPartition, Long> now = newOf(ends, begin);
		return this.crash.get() == null && inHand().isEmpty()
				&& (now.isEmpty() || this.settled.equals(new Snapshot(now, ids(reading()))));
	}

	/**
	 * Return who reads fixed partitions, and has nothing left to do. To start again, as
	 * they do where they are told to and not behind what they have committed, would have
	 * them do everything again.
	 * @param begin where topics ended when the test began
	 * @return the ids
	 */
	Set<String> finishedWithPartitions(Map<TopicPartition, Long> begin) {
		Map<TopicPartition, Long> ends = newEnds(begin);
		return ids(reading().stream()
			.filter((subscriber) -> subscriber.endpoint().subscription() instanceof Subscription.Partitions)
			.filter((subscriber) -> subscriber.lanes().size() == 0)
			.filter((subscriber) -> uncommittedOf(subscriber.endpoint(), ends).isEmpty())
			.toList());
	}

	private List<String> inHand() {
		List<String> left = new ArrayList<>();
		if (!this.clients.areQuiet() || !this.threads.isIdle()) {
			left.add("Handlers are running, or records are on their way");
		}
		for (SubscriberRuntime subscriber : reading()) {
			if (subscriber.lanes().size() > 0) {
				left.add("%s has unfinished records: %s".formatted(subscriber.endpoint().describe(),
						subscriber.oldestUnfinished().map(Object::toString).orElse("just begun")));
			}
			else if (isHandingOver(subscriber)) {
				left.add("%s has just polled something".formatted(subscriber.endpoint().describe()));
			}
		}
		if (this.requests.waiting() > 0) {
			left.add("%d requests wait for their answers".formatted(this.requests.waiting()));
		}
		return left;
	}

	private boolean isHandingOver(SubscriberRuntime subscriber) {
		return subscriber.parts().stream().anyMatch((part) -> this.clients.areHandingOver(part.consumer().groupId()));
	}

	private List<SubscriberRuntime> reading() {
		return this.subscribers.runtimes().stream().filter((subscriber) -> this.reading.test(subscriber.id())).toList();
	}

	private static Set<String> ids(Collection<SubscriberRuntime> subscribers) {
		return subscribers.stream().map(SubscriberRuntime::id).collect(Collectors.toSet());
	}

	private Map<TopicPartition, Long> newEnds(Map<TopicPartition, Long> begin) {
		return newOf(this.offsets.ends(), begin);
	}

	private static Map<TopicPartition, Long> newOf(Map<TopicPartition, Long> ends, Map<TopicPartition, Long> begin) {
		Map<TopicPartition, Long> news = new HashMap<>(ends);
		news.entrySet().removeIf((end) -> end.getValue() <= begin.getOrDefault(end.getKey(), 0L));
		return news;
	}

	private List<String> uncommittedOf(SubscriberEndpoint endpoint, Map<TopicPartition, Long> ends) {
		RetrySettings retry = endpoint.delivery().retry();
		String groupId = endpoint.consumer().groupId();
		List<String> left = new ArrayList<>(uncommitted(endpoint, groupId, endpoint::reads, ends));
		if (retry.mode() == RetryMode.TOPIC && !retry.keepOrder()) {
			left.addAll(uncommitted(endpoint, groupId + ".retry",
					(partition) -> retry.topic().equals(partition.topic()), ends));
		}
		return left;
	}

	private List<String> uncommitted(SubscriberEndpoint endpoint, String groupId, Predicate<TopicPartition> reads,
			Map<TopicPartition, Long> ends) {
		if (ends.keySet().stream().noneMatch(reads)) {
			return List.of();
		}
		Map<TopicPartition, Long> committed = this.offsets.committed(groupId);
		return ends.entrySet()
			.stream()
			.filter((end) -> reads.test(end.getKey()))
			.filter((end) -> committed.getOrDefault(end.getKey(), 0L) < end.getValue())
			.map((end) -> "%s has committed %s up to %s, but it ends at %d".formatted(endpoint.describe(), end.getKey(),
					committed.get(end.getKey()), end.getValue()))
			.toList();
	}

	/**
	 * What there was when everything had settled.
	 *
	 * @param ends the new ends of topics
	 * @param reading who was reading: others may have something left
	 */
	private record Snapshot(Map<TopicPartition, Long> ends, Set<String> reading) {

	}

}
