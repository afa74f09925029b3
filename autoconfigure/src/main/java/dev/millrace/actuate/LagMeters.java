package dev.millrace.actuate;

import java.util.List;
import java.util.function.Consumer;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;

/**
 * Gauges of lags in one registry. Those of which nothing is heard any more are removed.
 */
final class LagMeters implements Consumer<List<GroupLag>> {

	private final MultiGauge gauge;

	LagMeters(MeterRegistry registry) {
		this.gauge = MultiGauge.builder("millrace.group.lag")
			.description("Records of a partition behind the offset that the group has committed")
			.register(registry);
	}

	@Override
	public void accept(List<GroupLag> lags) {
		this.gauge.register(lags.stream().map(LagMeters::row).toList(), true);
	}

	private static MultiGauge.Row<Number> row(GroupLag lag) {
		return MultiGauge.Row.of(Tags.of("subscriber", lag.subscriber(), "group", lag.group(), "topic",
				lag.partition().topic(), "partition", String.valueOf(lag.partition().partition())), lag.lag());
	}

}
