package dev.millrace.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Runs benchmarks and writes their results and the report.
 */
public final class Benchmarks {

	private static final Map<String, Supplier<Benchmark>> ALL = new TreeMap<>(
			Map.of("hot-key", HotKeyBenchmark::new, "start-up", StartUpBenchmark::new, "test-kit",
					TestKitBenchmark::new, "throughput", ThroughputBenchmark::new, "waiting", WaitingBenchmark::new));

	private Benchmarks() {
	}

	/**
	 * Runs benchmarks.
	 * @param arguments the names of the benchmarks, separated by commas, or {@code all},
	 * or {@code report}; then the number of rounds, and a regular expression of arms
	 */
	public static void main(String[] arguments) {
		Path results = Path.of("results");
		String pattern = (arguments.length > 2) ? arguments[2] : ".*";
		ALL.forEach((name, benchmark) -> {
			if (arguments[0].equals("all") || List.of(arguments[0].split(",")).contains(name)) {
				run(name, benchmark, Integer.parseInt(arguments[1]), pattern, results.resolve(name + ".json"));
			}
		});
		new Report(results).write(Path.of("..", "docs", "performance.md"));
	}

	private static void run(String name, Supplier<Benchmark> supplier, int rounds, String pattern, Path file) {
		List<Measurement> measurements = new ArrayList<>();
		try (Benchmark benchmark = supplier.get()) {
			List<Arm> arms = new ArrayList<>(
					benchmark.arms().stream().filter((arm) -> arm.name().matches(pattern)).toList());
			for (int round = 1; round <= rounds; round++) {
				for (Arm arm : arms) {
					String run = "%s-%d-%d".formatted(name, round, arms.indexOf(arm));
					Map<String, Double> values = benchmark.run(arm, run);
					System.out.printf("%s, round %d, %s: %s%n", name, round, arm.name(), values);
					measurements.add(new Measurement(arm.name(), arm.baseline(), round, values));
				}
				// After each round: a later one may fail
				new Results(Environment.describe(), measurements).write(file);
				// There and back, so that no arm always comes first
				Collections.reverse(arms);
			}
		}
	}

}
