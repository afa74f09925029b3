package dev.millrace.console.flow;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberControl;
import dev.millrace.UnfinishedRecord;
import dev.millrace.actuate.PartitionState;
import dev.millrace.actuate.PartitionStates;
import dev.millrace.console.ConsoleOperations;
import dev.millrace.console.ConsolePage;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.monitor.Outcome;

/**
 * Page <em>Flow</em>. It reads what is counted anyway, when it is asked.
 */
public final class FlowPage implements ConsolePage, AutoCloseable {

	private static final Duration REBALANCE = Duration.ofSeconds(3);

	private final SubscriberRuntimes runtimes;

	private final StreamSubscribers controls;

	private final PublishedTopics published;

	private final Predicate<String> failed;

	private final ClusterSampler sampler;

	/**
	 * Create the page.
	 * @param runtimes what the subscribers are at run time
	 * @param controls tell whether they run
	 * @param published what is published outside of them
	 * @param failed tells of the id of a subscriber whether it has stopped because of an
	 * error
	 * @param admin has the client that asks the brokers
	 * @param timeout how long to wait for their answer
	 */
	public FlowPage(SubscriberRuntimes runtimes, StreamSubscribers controls, PublishedTopics published,
			Predicate<String> failed, Supplier<Admin> admin, Duration timeout) {
		this.runtimes = runtimes;
		this.controls = controls;
		this.published = published;
		this.failed = failed;
		this.sampler = new ClusterSampler(runtimes, new PartitionStates(admin, timeout), new TopicEnds(admin, timeout));
	}

	@Override
	public void addTo(ConsoleOperations operations) {
		operations.read("flow", (request) -> graph());
	}

	private FlowGraph graph() {
		long now = ClusterSampler.now();
		ClusterSample sample = this.sampler.last();
		Map<String, String> publishers = this.published.all();
		List<FlowGraph.Subscriber> subscribers = this.runtimes.runtimes()
			.stream()
			.map((runtime) -> subscriber(runtime, sample.partitions().getOrDefault(runtime.id(), List.of())))
			.toList();
		Set<String> topics = new TreeSet<>(publishers.keySet());
		for (FlowGraph.Subscriber subscriber : subscribers) {
			topics.addAll(subscriber.reads());
			topics.addAll(subscriber.publishes());
			topics.addAll(subscriber.deadLetters());
		}
		this.sampler.refresh(topics, now);
		return new FlowGraph(now, (sample.time() >= 0) ? sample.time() : null,
				topics.stream().map((topic) -> topic(topic, sample.ends().get(topic))).toList(),
				publishers.entrySet()
					.stream()
					.map((publisher) -> new FlowGraph.Publisher(publisher.getValue(), publisher.getKey()))
					.toList(),
				subscribers);
	}

	private FlowGraph.Subscriber subscriber(SubscriberRuntime runtime, List<PartitionState> partitions) {
		SubscriberEndpoint endpoint = runtime.endpoint();
		SubscriberControl control = this.controls.get(runtime.id());
		Map<String, Long> lag = new TreeMap<>();
		partitions.forEach((partition) -> lag.merge(partition.topic(), partition.lag(), Long::sum));
		List<String> reads = (endpoint.subscription().pattern() != null)
				? lag.keySet().stream().filter(endpoint.subscription()::reads).toList()
				: endpoint.subscription().topics();
		boolean letters = runtime.monitor().countOf(Outcome.DEAD_LETTERED) > 0;
		return new FlowGraph.Subscriber(endpoint.id(), endpoint.consumer().groupId(), reads,
				(endpoint.subscription().pattern() != null) ? endpoint.subscription().toString() : null,
				published(endpoint),
				letters ? reads.stream().map(endpoint.delivery().deadLetter()::topicFor).distinct().toList()
						: List.of(),
				state(runtime, control), control.concurrency(), control.maxRate(), runtime.inFlight(),
				runtime.activeLanes(), runtime.windowFill(),
				runtime.oldestUnfinished().map(FlowPage::oldest).orElse(null), counts(runtime), lag);
	}

	private FlowGraph.State state(SubscriberRuntime runtime, SubscriberControl control) {
		if (this.failed.test(runtime.id())) {
			return FlowGraph.State.FAILED;
		}
		if (!control.isRunning()) {
			return FlowGraph.State.STOPPED;
		}
		if (control.isPaused()) {
			return FlowGraph.State.PAUSED;
		}
		return runtime.polls().isWaiting(REBALANCE) ? FlowGraph.State.JOINING : FlowGraph.State.RUNNING;
	}

	private static FlowGraph.Topic topic(String name, @Nullable List<Long> ends) {
		return (ends != null) ? new FlowGraph.Topic(name, ends.size(), ends.stream().mapToLong(Long::longValue).sum())
				: new FlowGraph.Topic(name, null, null);
	}

	private static List<String> published(SubscriberEndpoint endpoint) {
		return endpoint.publishers().stream().map(PublisherEndpoint::topic).distinct().toList();
	}

	private static FlowGraph.Oldest oldest(UnfinishedRecord record) {
		return new FlowGraph.Oldest(record.topic() + "-" + record.partition() + "@" + record.offset(), record.attempt(),
				record.age().toMillis() / 1000.0);
	}

	private static Map<String, Long> counts(SubscriberRuntime runtime) {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (Outcome outcome : Outcome.values()) {
			counts.put(outcome.label(), runtime.monitor().countOf(outcome));
		}
		return counts;
	}

	@Override
	public void close() {
		this.sampler.close();
	}

}
