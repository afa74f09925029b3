package dev.millrace.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Records per second of a handler that waits, with many at a time in the order of their
 * keys.
 */
final class WaitingBenchmark implements Benchmark {

	private static final int WARM_UP = 120_000;

	private static final int MEASURED = 80_000;

	private static final int[] PARTITIONS = { 1, 4 };

	private static final int[] CONCURRENCIES = { 100, 1000 };

	private final List<Variant> variants = variants();

	private final WaitingRuns runs = new WaitingRuns(this.variants.stream().map(Variant::workload).distinct().toList());

	@Override
	public List<Arm> arms() {
		return this.variants.stream()
			.map((variant) -> new Arm(variant.describe(), variant.baseline().describe()))
			.toList();
	}

	@Override
	public Map<String, Double> run(Arm arm, String run) {
		Variant variant = this.variants.stream()
			.filter((candidate) -> candidate.describe().equals(arm.name()))
			.findFirst()
			.orElseThrow();
		Map<String, Double> measured = this.runs.run(run, variant.application(), variant.jdk(), variant.workload(),
				variant.settings());
		Map<String, Double> values = new LinkedHashMap<>();
		double rate = Objects.requireNonNull(measured.get("records/s"));
		values.put("records/s", rate);
		values.put("of the ceiling", rate * WaitingHandler.WAIT_MILLIS / 1e3 / variant.concurrency());
		values.putAll(measured);
		return values;
	}

	@Override
	public void close() {
		this.runs.close();
	}

	private static List<Variant> variants() {
		List<Jdk> jdks = new ArrayList<>(List.of(Jdk.current()));
		Jdk.withVirtualThreads().ifPresent(jdks::add);
		List<Variant> variants = new ArrayList<>();
		for (int partitions : PARTITIONS) {
			for (int concurrency : CONCURRENCIES) {
				variants.add(new Variant(true, concurrency, partitions, newest()));
				jdks.forEach((jdk) -> variants.add(new Variant(false, concurrency, partitions, jdk)));
			}
		}
		return variants;
	}

	private static Jdk newest() {
		return Jdk.withVirtualThreads().orElse(Jdk.current());
	}

	/**
	 * What varies.
	 *
	 * @param isBaseline whether it is the Parallel Consumer and not Millrace
	 * @param concurrency how many records run at a time
	 * @param partitions the number of partitions
	 * @param jdk what runs the application; Millrace takes virtual threads where it has
	 * them
	 */
	private record Variant(boolean isBaseline, int concurrency, int partitions, Jdk jdk) {

		Variant baseline() {
			return new Variant(true, this.concurrency, this.partitions, newest());
		}

		Class<?> application() {
			return this.isBaseline ? ParallelConsumerApplication.class : WaitingApplication.class;
		}

		Workload workload() {
			return new Workload("orders-" + this.partitions, this.partitions, WARM_UP, MEASURED, 0);
		}

		List<String> settings() {
			if (this.isBaseline) {
				// What was found to be the best for each
				int linger = (this.concurrency > 100) ? 5 : 0;
				return List.of("--concurrency=" + this.concurrency, "--linger=" + linger);
			}
			return List.of("--millrace.subscriber.concurrency=" + this.concurrency);
		}

		String describe() {
			String threads = (!this.isBaseline && this.jdk.hasVirtualThreads()) ? "virtual" : "platform";
			return "%s, %d at once, %d partition%s, Java %d, %s threads".formatted(
					this.isBaseline ? "Parallel Consumer" : "Millrace", this.concurrency, this.partitions,
					(this.partitions > 1) ? "s" : "", this.jdk.feature(), threads);
		}

	}

}
