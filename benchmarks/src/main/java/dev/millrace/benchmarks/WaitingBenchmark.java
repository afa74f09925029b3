package dev.millrace.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.millrace.benchmarks.application.WaitingApplication;
import dev.millrace.benchmarks.application.WaitingParallelConsumerApplication;
import dev.millrace.benchmarks.workload.WaitingHandler;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Records per second of a handler that waits, with many at a time in the order of their
 * keys.
 */
final class WaitingBenchmark implements Benchmark {

	private static final int PARTITIONS = 4;

	private static final int[] CONCURRENCIES = { 10, 100, 1000 };

	private static final double[] SKEWS = { 0, 1 };

	private final List<Variant> variants = variants();

	private final WorkloadRuns runs = new WorkloadRuns(
			this.variants.stream().map(Variant::workload).distinct().toList());

	@Override
	public List<Arm> arms() {
		return this.variants.stream()
			.map((variant) -> new Arm(variant.describe(), variant.with(Kind.PARALLEL_CONSUMER).describe(),
					(run) -> run(variant, run)))
			.toList();
	}

	@Override
	public void close() {
		this.runs.close();
	}

	private Map<String, Double> run(Variant variant, String run) {
		Map<String, Double> measured = this.runs.run(run, variant.kind().program, Jdk.newest(), variant.workload(),
				variant.workload().records(), variant.settings());
		Map<String, Double> values = new LinkedHashMap<>();
		double rate = Objects.requireNonNull(measured.get("records/s"));
		values.put("records/s", rate);
		values.put("of the ceiling", rate / variant.ceiling());
		values.putAll(measured);
		return values;
	}

	private static List<Variant> variants() {
		List<Variant> variants = new ArrayList<>();
		for (double skew : SKEWS) {
			for (int concurrency : CONCURRENCIES) {
				for (Kind kind : Kind.values()) {
					variants.add(new Variant(kind, concurrency, skew));
				}
			}
		}
		return variants;
	}

	/**
	 * What handles the records.
	 */
	private enum Kind {

		/** The baseline. */
		PARALLEL_CONSUMER("Parallel Consumer", Program.of(WaitingParallelConsumerApplication.class)),

		/** Millrace as it comes, where the JVM has virtual threads. */
		VIRTUAL("Millrace, virtual threads", Program.of(WaitingApplication.class)),

		/** Millrace as it comes before Java 21. */
		PLATFORM("Millrace, platform threads", Program.of(WaitingApplication.class));

		private final String label;

		private final Program program;

		Kind(String label, Program program) {
			this.label = label;
			this.program = program;
		}

		List<String> settings(int concurrency) {
			return switch (this) {
				// The linger that was found to be the best for each
				case PARALLEL_CONSUMER -> List.of("--ordering=KEY", "--concurrency=" + concurrency,
						"--linger=" + ((concurrency > 100) ? 5 : 0));
				case VIRTUAL -> List.of("--millrace.subscriber.concurrency=" + concurrency);
				case PLATFORM -> List.of("--millrace.subscriber.concurrency=" + concurrency,
						"--spring.threads.virtual.enabled=false");
			};
		}

	}

	/**
	 * What varies.
	 *
	 * @param kind what handles the records
	 * @param concurrency how many records run at a time
	 * @param skew how different the customers are
	 */
	private record Variant(Kind kind, int concurrency, double skew) {

		Variant with(Kind kind) {
			return new Variant(kind, this.concurrency, this.skew);
		}

		Workload workload() {
			if (this.skew > 0) {
				return new Workload("orders-skewed-" + this.concurrency, PARTITIONS, warmUp(), Scale.of(12_000), 0,
						this.skew);
			}
			// About six seconds, as far as the machine can keep up
			return new Workload("orders-" + this.concurrency, PARTITIONS, warmUp(),
					Scale.of(Math.min(200_000, 1_200 * this.concurrency)), 0, 0);
		}

		private int warmUp() {
			return Scale.of(Math.min(400_000, 1_600 * this.concurrency));
		}

		/**
		 * Return what the concurrency and the customer with the most records allow, who
		 * has one of them at a time.
		 * @return the number of records per second
		 */
		double ceiling() {
			return Math.min(this.concurrency, 1 / new Orders(workload()).largestShare()) * 1e3
					/ WaitingHandler.WAIT_MILLIS;
		}

		List<String> settings() {
			return this.kind.settings(this.concurrency);
		}

		String describe() {
			return "%s, %d at once, %s keys".formatted(this.kind.label, this.concurrency,
					(this.skew > 0) ? "Zipf" : "uniform");
		}

	}

}
