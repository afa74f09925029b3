package dev.millrace.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.HdrHistogram.Histogram;

import dev.millrace.benchmarks.workload.Workload;
import dev.millrace.broker.BrokerSettings;

/**
 * Time from an order to its invoice while orders arrive at a fixed rate.
 */
final class LatencyBenchmark implements Benchmark {

	private static final int[] RATES = { 1_000, 10_000, 50_000 };

	/** Until the JIT has nothing left to do; fewer are not enough at any rate. */
	private static final int WARM_UP = 1_500_000;

	private static final int WARM_UP_RATE = 50_000;

	/** For what the warm-up leaves behind. */
	private static final int SETTLING_SECONDS = 5;

	private static final int SECONDS = 20;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final Set<Contender> CONTENDERS = EnumSet.of(Contender.SEND_TO, Contender.LOOP, Contender.MILLRACE,
			Contender.MILLRACE_PLATFORM, Contender.MILLRACE_KEY, Contender.MILLRACE_KEY_PLATFORM, Contender.BATCH,
			Contender.MICRONAUT);

	private final MemoryDirectory data = new MemoryDirectory();

	private final Contenders contenders = new Contenders(BrokerSettings.defaults().withDataDirectory(this.data.path()));

	@Override
	public List<Arm> arms() {
		return Arrays.stream(RATES)
			.boxed()
			.flatMap((rate) -> CONTENDERS.stream()
				.map((contender) -> new Arm(describe(contender, rate), describe(Contender.SEND_TO, rate),
						contender.guarantee(), (run) -> run(contender, rate, run))))
			.toList();
	}

	@Override
	public void close() {
		this.contenders.close();
		this.data.close();
	}

	private static String describe(Contender contender, int rate) {
		return "%s, %,d orders/s".formatted(contender, rate);
	}

	private Map<String, Double> run(Contender contender, int rate, String run) {
		int early = Scale.of(WARM_UP);
		Workload workload = new Workload(run, Contenders.PARTITIONS, early + Scale.of(SETTLING_SECONDS * rate),
				Scale.of(SECONDS * rate), 0, 0);
		Map<String, Double> values = new LinkedHashMap<>();
		this.contenders.withOpenLoop(workload, new Schedule(early, WARM_UP_RATE, rate), (loop) -> {
			try (ApplicationProcess application = this.contenders.start(contender, workload,
					Contenders.invoices(workload), List.of())) {
				loop.send();
				int missing = loop.awaitMissing(TIMEOUT);
				application.endInput();
				values.putAll(percentiles(loop, workload));
				values.put("missing invoices", (double) missing);
				values.putAll(application.result());
			}
		});
		return values;
	}

	private static Map<String, Double> percentiles(OpenLoop loop, Workload workload) {
		Histogram histogram = new Histogram(3);
		for (int id = workload.warmUp(); id < workload.records(); id++) {
			if (loop.arrival(id) != 0) {
				histogram.recordValue(Math.max(0, loop.arrival(id) - loop.due(id)) / 1000);
			}
		}
		Map<String, Double> values = new LinkedHashMap<>();
		for (double percentile : new double[] { 99, 50, 99.9, 100 }) {
			String name = "p" + String.valueOf(percentile).replace(".0", "") + ", ms";
			values.put(name, histogram.getValueAtPercentile(percentile) / 1e3);
		}
		return values;
	}

}
