package dev.millrace.listener;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.millrace.UnfinishedRecord;
import dev.millrace.dispatch.BatchLanes;
import dev.millrace.dispatch.BatchLimits;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Lanes;
import dev.millrace.dispatch.RunContext;
import dev.millrace.dispatch.Timer;
import dev.millrace.dispatch.WindowLimits;
import dev.millrace.dispatch.WindowView;
import dev.millrace.endpoint.BatchSettings;
import dev.millrace.endpoint.FlowSettings;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.monitor.SubscriberMonitor;

/**
 * What all consumers of a subscriber share at run time.
 */
public final class SubscriberRuntime {

	private final Map<Object, SessionView> views = new ConcurrentHashMap<>();

	private final PollWatch polls = new PollWatch();

	private final SubscriberMonitor monitor = new SubscriberMonitor();

	private final SubscriberEndpoint endpoint;

	private final List<SubscriberEndpoint> parts;

	private final Lanes lanes;

	private final Timer timer;

	private volatile @Nullable DirectHandling direct;

	private volatile int concurrency;

	private volatile @Nullable Double maxRate;

	private final Surroundings surroundings;

	private volatile WindowLimits limits;

	/**
	 * Create the run time of a subscriber.
	 * @param endpoint the subscriber
	 * @param retries the part of it that reads its retry topic, or {@code null}
	 * @param selector chooses the lanes of its records
	 * @param threads runs its handlers
	 * @param timer the time
	 * @param surroundings what watches over it
	 */
	public SubscriberRuntime(SubscriberEndpoint endpoint, @Nullable SubscriberEndpoint retries, LaneSelector selector,
			Executor threads, Timer timer, Surroundings surroundings) {
		FlowSettings flow = endpoint.flow();
		this.endpoint = endpoint;
		this.parts = (retries != null) ? List.of(endpoint, retries) : List.of(endpoint);
		this.timer = timer;
		this.concurrency = flow.concurrency();
		this.maxRate = flow.maxRate();
		this.surroundings = surroundings;
		this.lanes = lanes(endpoint, selector, threads, timer, surroundings.runs());
		this.limits = new WindowLimits(flow.windowHigh(), flow.windowLow(), flow.windowGrows());
	}

	/**
	 * Return the id of the subscriber.
	 * @return the id
	 */
	public String id() {
		return this.endpoint.id();
	}

	/**
	 * Change how many records run at once.
	 * @param concurrency the number of records, from 1
	 */
	public void concurrency(int concurrency) {
		Assert.isTrue(concurrency >= 1, "The concurrency must be at least 1");
		this.lanes.concurrency(concurrency);
		this.concurrency = concurrency;
	}

	/**
	 * Return how many records run at once at most.
	 * @return the number of records
	 */
	public int concurrency() {
		return this.concurrency;
	}

	/**
	 * Change how many records are begun in a second at most.
	 * @param maxRate the number of records, or {@code null} for no limit
	 */
	public void maxRate(@Nullable Double maxRate) {
		Assert.isTrue(maxRate == null || maxRate > 0, "The rate must be greater than 0");
		this.lanes.maxRate(rate(maxRate));
		this.maxRate = maxRate;
	}

	/**
	 * Return how many records are begun in a second at most.
	 * @return the number of records, or {@code null} for no limit
	 */
	public @Nullable Double maxRate() {
		return this.maxRate;
	}

	/**
	 * Change how many records of a partition may be in flight.
	 * @param high how many pause the partition
	 * @param low how many are left when it is resumed
	 */
	public void window(int high, int low) {
		Assert.isTrue(low >= 0 && low < high, "The low mark must be at least 0 and less than the high mark");
		BatchSettings batch = this.endpoint.flow().batch();
		Assert.isTrue(batch == null || low >= batch.maxRecords() - 1,
				"The low mark must be at least one less than the records of a batch, or no batch is ever full");
		this.limits = new WindowLimits(high, low, false);
	}

	/**
	 * Return the record that has been unfinished for the longest time.
	 * @return the record, or empty when there is none
	 */
	public Optional<UnfinishedRecord> oldestUnfinished() {
		return this.views.values()
			.stream()
			.flatMap((view) -> view.oldest().stream())
			.filter((record) -> !record.isFinished())
			.max(Comparator.comparing(InFlightRecord::age))
			.map(SubscriberRuntime::describe);
	}

	/**
	 * Return the record whose present attempt has been under way for the longest time:
	 * its handler runs, or what it has published is not confirmed, or it is not
	 * acknowledged. One that waits for its next attempt is not.
	 * @return the record, with the time of this attempt as its age; empty when none runs
	 */
	public Optional<UnfinishedRecord> longestRunning() {
		return this.views.values()
			.stream()
			.flatMap((view) -> view.running().stream())
			.max(Comparator.comparing(InFlightRecord::runningFor))
			.map((record) -> describe(record, record.runningFor()))
			.filter((record) -> !record.age().isZero());
	}

	/**
	 * Return how many records are in flight.
	 * @return the number of records that were polled and are not finished
	 */
	public int inFlight() {
		return this.views.values().stream().mapToInt(SessionView::unfinished).sum();
	}

	/**
	 * Return how much of the fullest window is taken.
	 * @return 1 when it is full
	 */
	public double windowFill() {
		return this.views.values().stream().mapToDouble(SessionView::fill).max().orElse(0);
	}

	/**
	 * Return what its consumers have of each partition.
	 * @return the partitions of which something was polled and that were not given up
	 */
	public List<WindowView> windows() {
		return this.views.values().stream().flatMap((view) -> view.windows().stream()).toList();
	}

	/**
	 * Return what is known of its consumers.
	 * @return the watch
	 */
	public PollWatch polls() {
		return this.polls;
	}

	/**
	 * Return the subscriber, and the part of it that reads its retry topic in a group of
	 * its own, if there is one.
	 * @return what is read
	 */
	public List<SubscriberEndpoint> parts() {
		return this.parts;
	}

	/**
	 * Return the subscriber.
	 * @return what was declared
	 */
	public SubscriberEndpoint endpoint() {
		return this.endpoint;
	}

	/**
	 * Return what is counted.
	 * @return the monitor
	 */
	public SubscriberMonitor monitor() {
		return this.monitor;
	}

	/**
	 * Take note of how records are handled that no consumer has polled.
	 * @param direct the way
	 */
	public void direct(DirectHandling direct) {
		this.direct = direct;
	}

	/**
	 * Return how records are handled that no consumer has polled.
	 * @return the way, or {@code null} when all that is handled must have been polled
	 */
	public @Nullable DirectHandling direct() {
		return this.direct;
	}

	/**
	 * Return the lanes.
	 * @return the lanes, which all consumers share
	 */
	public Lanes lanes() {
		return this.lanes;
	}

	/**
	 * Return how many lanes have work.
	 * @return the number of lanes
	 */
	public int activeLanes() {
		return this.lanes.size();
	}

	/**
	 * Return the time.
	 * @return the timer
	 */
	public Timer timer() {
		return this.timer;
	}

	/**
	 * Return what watches over the subscriber.
	 * @return the surroundings
	 */
	Surroundings surroundings() {
		return this.surroundings;
	}

	WindowLimits limits() {
		return this.limits;
	}

	void seen(Object session, SessionView view) {
		if (view.isEmpty()) {
			this.views.remove(session);
		}
		else {
			this.views.put(session, view);
		}
	}

	static UnfinishedRecord describe(InFlightRecord inFlight) {
		return describe(inFlight, inFlight.age());
	}

	private static UnfinishedRecord describe(InFlightRecord inFlight, Duration age) {
		ConsumerRecord<byte[], byte[]> record = inFlight.record();
		return new UnfinishedRecord(record.topic(), record.partition(), record.offset(),
				(record.key() != null) ? new String(record.key(), StandardCharsets.UTF_8) : null, inFlight.attempt(),
				age);
	}

	private static Lanes lanes(SubscriberEndpoint endpoint, LaneSelector selector, Executor threads, Timer timer,
			RunContext context) {
		FlowSettings flow = endpoint.flow();
		BatchSettings batch = flow.batch();
		if (batch == null) {
			return new Lanes(selector, threads, flow.concurrency(), rate(flow.maxRate()), timer, context);
		}
		BatchLimits limits = new BatchLimits(batch.maxRecords(), batch.maxWait(),
				endpoint.delivery().retry().attempts());
		return new BatchLanes(selector, flow.ordering(), limits, threads, flow.concurrency(), rate(flow.maxRate()),
				timer, context);
	}

	private static double rate(@Nullable Double maxRate) {
		return (maxRate != null) ? maxRate : Double.POSITIVE_INFINITY;
	}

}
