package dev.millrace.deadletter;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.millrace.StreamException;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.DerivedTopic;
import dev.millrace.failure.DerivedTopics;
import dev.millrace.listener.DirectHandling;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.publisher.TransactionalProducer;

/**
 * Reads the dead letters of all subscribers, and has a thread for each replay.
 */
public final class DefaultDeadLetters implements DeadLetters, AutoCloseable {

	private static final Log logger = LogFactory.getLog(DefaultDeadLetters.class);

	/**
	 * Of how many replays there is something to say.
	 */
	private static final int KEPT = 50;

	private final Deque<Replayer> replayers = new ArrayDeque<>();

	private final List<Thread> threads = new ArrayList<>();

	private final EndpointRegistry endpoints;

	private final DerivedTopics topics;

	private final TopicLookup lookup;

	private final DeadLetterTopics letters;

	private final ReplayLog log;

	private final Function<SubscriberEndpoint, TransactionalProducer> producers;

	private final SubscriberRuntimes runtimes;

	private final Predicate<String> running;

	private final InstantSource clock;

	private final Duration closeTimeout;

	private volatile boolean closed;

	/**
	 * Create them.
	 * @param endpoints the subscribers
	 * @param topics creates the log of replays
	 * @param lookup knows the topics that there are
	 * @param scan reads topics
	 * @param log the topic of the log of replays
	 * @param producers makes the producer for replays of a subscriber
	 * @param runtimes handle records
	 * @param running tells by the id whether a subscriber was started
	 * @param clock the time
	 * @param closeTimeout how long their end waits for replays
	 */
	public DefaultDeadLetters(EndpointRegistry endpoints, DerivedTopics topics, TopicLookup lookup, RecordScan scan,
			String log, Function<SubscriberEndpoint, TransactionalProducer> producers, SubscriberRuntimes runtimes,
			Predicate<String> running, InstantSource clock, Duration closeTimeout) {
		this.endpoints = endpoints;
		this.topics = topics;
		this.lookup = lookup;
		this.letters = new DeadLetterTopics(scan, lookup);
		this.log = new ReplayLog(log, scan);
		this.producers = producers;
		this.runtimes = runtimes;
		this.running = running;
		this.clock = clock;
		this.closeTimeout = closeTimeout;
	}

	@Override
	public DeadLetterPage find(String subscriber, DeadLetterFilter filter, @Nullable RecordPosition from, int limit) {
		Assert.isTrue(limit > 0, "The limit must be greater than 0");
		List<DeadLetter> found = new ArrayList<>();
		ReplayedLetters replayed = this.log.replayed(RecordScan.TO_THE_END);
		this.letters.read(endpoint(subscriber), replayed, from, RecordScan.TO_THE_END, (letter) -> {
			if (filter.matches(letter)) {
				found.add(letter);
			}
			return found.size() <= limit;
		});
		boolean more = found.size() > limit;
		return new DeadLetterPage(found.subList(0, Math.min(limit, found.size())),
				more ? found.get(limit).position() : null);
	}

	@Override
	public List<DeadLetterGroup> groups(String subscriber) {
		Map<String, DeadLetterGroup> groups = new HashMap<>();
		ReplayedLetters replayed = this.log.replayed(RecordScan.TO_THE_END);
		this.letters.read(endpoint(subscriber), replayed, null, RecordScan.TO_THE_END, (letter) -> {
			groups.merge(String.valueOf(letter.origin().exception()), DeadLetterGroup.of(letter), DeadLetterGroup::and);
			return true;
		});
		return groups.values().stream().sorted(DeadLetterGroup.ORDER).toList();
	}

	@Override
	public Replay replay(ReplayRequest request) {
		SubscriberEndpoint endpoint = endpoint(request.subscriber());
		requireLog();
		String id = UUID.randomUUID().toString();
		Replayer replayer = new Replayer(id, request, endpoint, this.letters, this.log,
				target(endpoint, new ReplayEntries(id, request, this.clock)), this.clock);
		Thread thread = new Thread(replayer, "millrace-replay-" + endpoint.id());
		thread.setDaemon(true);
		synchronized (this.replayers) {
			this.replayers.addFirst(replayer);
			while (this.replayers.size() > KEPT && !this.replayers.getLast().isRunning()) {
				this.replayers.removeLast();
			}
			this.threads.removeIf((other) -> !other.isAlive());
			this.threads.add(thread);
			thread.start();
		}
		return replayer.replay();
	}

	@Override
	public Replay cancel(String id) {
		synchronized (this.replayers) {
			for (Replayer replayer : this.replayers) {
				if (replayer.replay().id().equals(id)) {
					replayer.cancel();
					return replayer.replay();
				}
			}
		}
		throw new IllegalArgumentException("This application has not begun a replay '" + id + "'");
	}

	@Override
	public List<Replay> replays() {
		synchronized (this.replayers) {
			return this.replayers.stream().map(Replayer::replay).toList();
		}
	}

	@Override
	public List<ReplayEntry> log(String subscriber) {
		return this.log.entries(endpoint(subscriber).id());
	}

	@Override
	public void close() {
		List<Thread> running;
		this.closed = true;
		synchronized (this.replayers) {
			this.replayers.forEach(Replayer::cancel);
			running = List.copyOf(this.threads);
		}
		long deadline = System.nanoTime() + this.closeTimeout.toNanos();
		try {
			for (Thread thread : running) {
				TimeUnit.NANOSECONDS.timedJoin(thread, deadline - System.nanoTime());
				if (thread.isAlive()) {
					logger.warn("%s has not ended within %d ms and is not waited for any more; what it has not replayed"
						.formatted(thread.getName(), this.closeTimeout.toMillis()) + " can be replayed by another");
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private SubscriberEndpoint endpoint(String id) {
		SubscriberEndpoint endpoint = this.endpoints.find(id);
		if (endpoint == null) {
			throw new IllegalArgumentException("There is no subscriber '" + id + "'; there are "
					+ this.endpoints.all().stream().map(SubscriberEndpoint::id).toList());
		}
		return endpoint;
	}

	private Supplier<ReplayTarget> target(SubscriberEndpoint endpoint, ReplayEntries entries) {
		if (entries.request().target() == ReplayRequest.Target.TOPIC) {
			return () -> new TopicTarget(this.producers.apply(endpoint), this.log, entries, this.lookup);
		}
		DirectHandling direct = this.runtimes.get(endpoint.id()).direct();
		if (direct == null) {
			throw new IllegalArgumentException(endpoint.describe() + " handles only what it has polled, because it has"
					+ " exactlyOnce: replay to the topic");
		}
		BooleanSupplier stopping = () -> this.closed || !this.running.test(endpoint.id());
		if (stopping.getAsBoolean()) {
			throw new IllegalArgumentException(endpoint.describe() + " is stopped: start it, or replay to the topic");
		}
		return () -> new HandlerTarget(this.producers.apply(endpoint), this.log, entries, direct, stopping, this.clock);
	}

	private void requireLog() {
		try {
			this.topics.partitions(new DerivedTopic(this.log.topic(), Set.of(), Map.of("cleanup.policy", "compact")))
				.toCompletableFuture()
				.get();
		}
		catch (ExecutionException ex) {
			throw new StreamException("Nothing can be replayed without the log of replays", ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
