package dev.millrace.actuate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberControl;
import dev.millrace.endpoint.EffectiveSetting;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.monitor.Outcome;

/**
 * Describes subscribers for people.
 */
public final class SubscriberDescriptions {

	private static final String PROPERTIES = "properties.";

	private static final String HIDDEN = "******";

	private final SubscriberRuntimes runtimes;

	private final StreamSubscribers controls;

	private final PublishedTopics published;

	private final PartitionStates partitions;

	/**
	 * Create the descriptions.
	 * @param runtimes what the subscribers are at run time
	 * @param controls tell whether they run
	 * @param published what is published outside of them
	 * @param partitions ask the brokers where they are
	 */
	public SubscriberDescriptions(SubscriberRuntimes runtimes, StreamSubscribers controls, PublishedTopics published,
			PartitionStates partitions) {
		this.runtimes = runtimes;
		this.controls = controls;
		this.published = published;
		this.partitions = partitions;
	}

	/**
	 * Return all subscribers, and all topics that the application publishes to.
	 * @return the overview
	 */
	public StreamsDescription all() {
		return new StreamsDescription(this.runtimes.runtimes().stream().map(this::summary).toList(),
				this.published.all());
	}

	/**
	 * Return all there is to say about one subscriber.
	 * @param id the id
	 * @return the subscriber, or {@code null} when there is none with that id
	 */
	public @Nullable SubscriberDetails find(String id) {
		Optional<SubscriberRuntime> found = this.runtimes.runtimes()
			.stream()
			.filter((runtime) -> runtime.id().equals(id))
			.findFirst();
		return found.map(this::details).orElse(null);
	}

	private SubscriberSummary summary(SubscriberRuntime runtime) {
		SubscriberEndpoint endpoint = runtime.endpoint();
		return new SubscriberSummary(endpoint.id(), endpoint.subscription().toString(),
				endpoint.publishers().stream().map(PublisherEndpoint::topic).distinct().toList(),
				endpoint.consumer().groupId(), state(runtime));
	}

	private SubscriberDetails details(SubscriberRuntime runtime) {
		SubscriberEndpoint endpoint = runtime.endpoint();
		return new SubscriberDetails(endpoint.id(), endpoint.subscription().toString(), endpoint.consumer().groupId(),
				endpoint.handlers().stream().map(HandlerDetails::of).toList(), state(runtime),
				this.partitions.of(runtime), endpoint.settings().stream().map(SubscriberDescriptions::hidden).toList());
	}

	private SubscriberState state(SubscriberRuntime runtime) {
		SubscriberControl control = this.controls.get(runtime.id());
		return new SubscriberState(control.isRunning(), control.isPaused(), control.concurrency(), control.maxRate(),
				runtime.activeLanes(), control.oldestUnfinished().orElse(null), counts(runtime));
	}

	private static Map<String, Long> counts(SubscriberRuntime runtime) {
		Map<String, Long> counts = new LinkedHashMap<>();
		for (Outcome outcome : Outcome.values()) {
			counts.put(outcome.label(), runtime.monitor().countOf(outcome));
		}
		return counts;
	}

	// A property that Kafka does not know may be anything, a password too.
	private static EffectiveSetting hidden(EffectiveSetting setting) {
		if (!setting.name().startsWith(PROPERTIES)) {
			return setting;
		}
		ConfigDef.ConfigKey known = ConsumerConfig.configDef()
			.configKeys()
			.get(setting.name().substring(PROPERTIES.length()));
		boolean secret = known == null || known.type() == ConfigDef.Type.PASSWORD;
		return secret ? new EffectiveSetting(setting.name(), HIDDEN, setting.source()) : setting;
	}

}
