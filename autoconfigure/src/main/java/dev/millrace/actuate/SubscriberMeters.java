package dev.millrace.actuate;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.search.Search;

import dev.millrace.UnfinishedRecord;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.monitor.Outcome;

/**
 * Meters of the subscribers in one registry: made when a subscriber is added, removed
 * with it. They read what is counted anyway.
 */
final class SubscriberMeters implements SubscriberRuntimes.Listener {

	private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();

	private final MeterRegistry registry;

	SubscriberMeters(MeterRegistry registry) {
		this.registry = registry;
	}

	@Override
	public void added(SubscriberRuntime runtime) {
		this.meters.computeIfAbsent(runtime.id(), (id) -> register(runtime));
	}

	@Override
	public void removed(SubscriberRuntime runtime) {
		List<Meter> removed = this.meters.remove(runtime.id());
		if (removed != null) {
			removed.forEach(this.registry::remove);
			// Those of the observations were made by whoever has timed them.
			Search.in(this.registry).tag("millrace.subscriber", runtime.id()).meters().forEach(this.registry::remove);
		}
	}

	private List<Meter> register(SubscriberRuntime runtime) {
		Tags tags = Tags.of("subscriber", runtime.id(), "group", runtime.endpoint().consumer().groupId());
		Stream<Meter> outcomes = Stream.of(Outcome.values()).map((outcome) -> counter(runtime, outcome, tags));
		return Stream.concat(outcomes, Stream.of(
				gauge("in.flight", "Records that were polled and are not finished", runtime, tags,
						SubscriberRuntime::inFlight),
				gauge("lanes", "Lanes that have work", runtime, tags, SubscriberRuntime::activeLanes),
				gauge("window.fill", "Part of the fullest partition's window that is taken, 1 when it is paused",
						runtime, tags, SubscriberRuntime::windowFill),
				TimeGauge
					.builder("millrace.subscriber.oldest.unfinished", runtime, TimeUnit.SECONDS,
							SubscriberMeters::oldest)
					.description("Time since the first attempt of the oldest record that is not finished")
					.tags(tags)
					.strongReference(true)
					.register(this.registry),
				FunctionTimer
					.builder("millrace.subscriber.commits", runtime, (subscriber) -> subscriber.monitor().commits(),
							(subscriber) -> subscriber.monitor().commitNanos(), TimeUnit.NANOSECONDS)
					.description("Commits of offsets, until the broker has acknowledged them")
					.tags(tags)
					.register(this.registry),
				FunctionCounter
					.builder("millrace.subscriber.commit.failures", runtime,
							(subscriber) -> subscriber.monitor().commitFailures())
					.description("Commits of offsets that have failed")
					.tags(tags)
					.register(this.registry)))
			.toList();
	}

	private Meter counter(SubscriberRuntime runtime, Outcome outcome, Tags tags) {
		return FunctionCounter
			.builder("millrace.subscriber.records", runtime, (subscriber) -> subscriber.monitor().countOf(outcome))
			.description("What has become of records, or of attempts to handle them")
			.tags(tags.and("outcome", outcome.label()))
			.register(this.registry);
	}

	private Meter gauge(String name, String description, SubscriberRuntime runtime, Tags tags,
			ToDoubleFunction<SubscriberRuntime> value) {
		return Gauge.builder("millrace.subscriber." + name, runtime, value)
			.description(description)
			.tags(tags)
			.strongReference(true)
			.register(this.registry);
	}

	private static double oldest(SubscriberRuntime runtime) {
		Duration age = runtime.oldestUnfinished().map(UnfinishedRecord::age).orElse(Duration.ZERO);
		return age.toNanos() / 1e9;
	}

}
