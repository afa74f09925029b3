package dev.millrace.actuate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;
import dev.millrace.RequestMonitor;
import dev.millrace.dispatch.LaneSelector;
import dev.millrace.dispatch.Timer;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.listener.SubscriberRuntime;
import dev.millrace.listener.SubscriberRuntimes;
import dev.millrace.listener.Surroundings;
import dev.millrace.monitor.Outcome;
import dev.millrace.observation.DefaultProcessObservationConvention;
import dev.millrace.observation.DefaultPublishObservationConvention;
import dev.millrace.support.TestEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the meters, and for what the documents say about them.
 */
class MetersTests {

	private static final Path DOCS = Path.of("").toAbsolutePath().getParent().resolve("docs");

	private static final Pattern ROW = Pattern.compile("(?m)^\\| `(millrace\\.[a-z.]+)` \\|");

	private static final Pattern NAME = Pattern.compile("\\bmillrace_(?!subscriber[=)}])[a-z_]+");

	private static final Pattern LABELS = Pattern.compile("by \\(([a-z_, ]+)\\)");

	private final SubscriberRuntimes subscribers = new SubscriberRuntimes();

	private final SubscriberRuntime subscriber = subscriber();

	@Test
	void everyMeterIsInTheTableAndNoOther() throws IOException {
		MeterRegistry registry = bound(new SimpleMeterRegistry());
		Set<String> names = new TreeSet<>();
		registry.getMeters().stream().map(Meter::getId).map(Meter.Id::getName).forEach(names::add);
		Set<String> documented = new TreeSet<>();
		Matcher rows = ROW.matcher(Files.readString(DOCS.resolve("operations.md")));
		while (rows.find()) {
			documented.add(rows.group(1));
		}
		assertThat(documented).isEqualTo(names);
	}

	@Test
	void dashboardAsksForMetersAndLabelsThatExist() throws IOException {
		String scraped = ((PrometheusMeterRegistry) bound(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)))
			.scrape();
		Set<String> names = new HashSet<>();
		scraped.lines().filter((line) -> !line.startsWith("#")).forEach((line) -> names.add(line.split("[{ ]")[0]));
		String dashboard = Files.readString(DOCS.resolve("grafana-dashboard.json"));
		Matcher asked = NAME.matcher(dashboard);
		assertThat(asked.results().map((match) -> match.group()).toList()).hasSizeGreaterThan(10).isSubsetOf(names);
		Matcher labels = LABELS.matcher(dashboard);
		assertThat(labels.results().flatMap((match) -> List.of(match.group(1).split(", ")).stream()).toList())
			.isNotEmpty()
			.allSatisfy((label) -> assertThat(scraped).contains(label + "=\""));
	}

	@Test
	void metersShowWhatIsCounted() {
		MeterRegistry registry = bound(new SimpleMeterRegistry());
		this.subscriber.monitor().count(Outcome.PROCESSED);
		this.subscriber.monitor().count(Outcome.PROCESSED);
		this.subscriber.monitor().deadLettered("in-0@0");
		this.subscriber.monitor().committed(Duration.ofSeconds(2).toNanos());
		this.subscriber.monitor().commitFailed();
		assertThat(count(registry, "processed")).isEqualTo(2);
		assertThat(count(registry, "dead-lettered")).isEqualTo(1);
		assertThat(count(registry, "failed")).isZero();
		assertThat(registry.get("millrace.subscriber.commits").functionTimer().count()).isEqualTo(1);
		assertThat(registry.get("millrace.subscriber.commits").functionTimer().totalTime(TimeUnit.SECONDS))
			.isEqualTo(2);
		assertThat(registry.get("millrace.subscriber.commit.failures").functionCounter().count()).isEqualTo(1);
		assertThat(registry.get("millrace.requests.pending").gauge().value()).isEqualTo(3);
		assertThat(registry.get("millrace.requests.late").functionCounter().count()).isEqualTo(4);
	}

	@Test
	void metersComeAndGoWithTheirSubscribersAndPartitions() {
		MeterRegistry registry = new SimpleMeterRegistry();
		SubscriberRuntimes none = new SubscriberRuntimes();
		new StreamMetrics(none, new Requests(), sampler(none)).bindTo(registry);
		assertThat(registry.find("millrace.subscriber.lanes").meters()).isEmpty();
		none.add(this.subscriber);
		assertThat(registry.find("millrace.subscriber.lanes").tag("subscriber", "id").tag("group", "group").meters())
			.hasSize(1);
		none.remove("id");
		assertThat(registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.containsExactlyInAnyOrder("millrace.requests.pending", "millrace.requests.late");

		LagMeters lags = new LagMeters(registry);
		lags.accept(List.of(lag(0, 5), lag(1, 7)));
		lags.accept(List.of(lag(1, 6)));
		assertThat(registry.get("millrace.group.lag").gauges()).singleElement().satisfies((gauge) -> {
			assertThat(gauge.value()).isEqualTo(6);
			assertThat(gauge.getId().getTag("partition")).isEqualTo("1");
		});
	}

	@Test
	void timersOfItsRecordsGoWithTheSubscriberAndThoseOfOthersStay() {
		MeterRegistry registry = bound(new SimpleMeterRegistry());
		registry.timer(DefaultProcessObservationConvention.NAME, "millrace.subscriber", "other");
		this.subscribers.remove("id");
		assertThat(registry.find(DefaultProcessObservationConvention.NAME).timers()).singleElement()
			.satisfies((timer) -> assertThat(timer.getId().getTag("millrace.subscriber")).isEqualTo("other"));
		assertThat(registry.find(DefaultProcessObservationConvention.NAME + ".active").meters()).isEmpty();
	}

	private MeterRegistry bound(MeterRegistry registry) {
		new StreamMetrics(this.subscribers, new Requests(), sampler(this.subscribers)).bindTo(registry);
		new LagMeters(registry).accept(List.of(lag(0, 5)));
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new DefaultMeterObservationHandler(registry));
		for (String name : List.of(DefaultProcessObservationConvention.NAME,
				DefaultPublishObservationConvention.NAME)) {
			Observation.createNotStarted(name, observations)
				.lowCardinalityKeyValue("millrace.subscriber", "id")
				.lowCardinalityKeyValue("messaging.destination.name", "in")
				.observe(() -> {
				});
		}
		return registry;
	}

	private SubscriberRuntime subscriber() {
		SubscriberEndpoint endpoint = TestEndpoint.publishing();
		SubscriberRuntime runtime = new SubscriberRuntime(endpoint, null, LaneSelector.of(Ordering.KEY), Runnable::run,
				Timer.SYSTEM, Surroundings.NONE);
		this.subscribers.add(runtime);
		return runtime;
	}

	private static double count(MeterRegistry registry, String outcome) {
		return registry.get("millrace.subscriber.records").tag("outcome", outcome).functionCounter().count();
	}

	private static GroupLag lag(int partition, long lag) {
		return new GroupLag("id", "group", new TopicPartition("in", partition), 100, 100 + lag);
	}

	private static GroupLagSampler sampler(SubscriberRuntimes subscribers) {
		return new GroupLagSampler(subscribers, () -> {
			throw new AssertionError("Nothing is to be measured");
		}, Duration.ZERO, Duration.ofSeconds(1));
	}

	private static final class Requests implements RequestMonitor {

		@Override
		public int waiting() {
			return 3;
		}

		@Override
		public long late() {
			return 4;
		}

	}

}
