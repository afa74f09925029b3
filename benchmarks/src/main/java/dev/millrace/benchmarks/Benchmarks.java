package dev.millrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
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
			Map.of("batch", BatchBenchmark::new, "dispatch", DispatchBenchmark::new, "hot-key", HotKeyBenchmark::new,
					"latency", LatencyBenchmark::new, "recovery", RecoveryBenchmark::new, "requests",
					RequestBenchmark::new, "start-up", StartUpBenchmark::new, "test-kit", TestKitBenchmark::new,
					"throughput", ThroughputBenchmark::new, "waiting", WaitingBenchmark::new));

	private Benchmarks() {
	}

	/**
	 * Runs benchmarks.
	 * @param arguments the names of the benchmarks, separated by commas, or {@code all},
	 * or {@code report}; then the number of rounds, a regular expression of arms, the
	 * directory of the results, and the directory of the report
	 */
	public static void main(String[] arguments) {
		Path results = createDirectories(Path.of(arguments[3]));
		ALL.forEach((name, benchmark) -> {
			if (arguments[0].equals("all") || List.of(arguments[0].split(",")).contains(name)) {
				run(name, benchmark, Integer.parseInt(arguments[1]), arguments[2], results.resolve(name + ".json"));
			}
		});
		new Report(results, Path.of(arguments[4])).write();
	}

	private static void run(String name, Supplier<Benchmark> supplier, int rounds, String pattern, Path file) {
		List<Measurement> measurements = new ArrayList<>();
		try (Benchmark benchmark = supplier.get()) {
			List<Arm> arms = new ArrayList<>(
					benchmark.arms().stream().filter((arm) -> arm.name().matches(pattern)).toList());
			for (int round = 1; round <= rounds; round++) {
				for (Arm arm : arms) {
					Measurement measurement = arm.measure(round, "%s-%d-%d".formatted(name, round, arms.indexOf(arm)));
					System.out.printf("%s, round %d, %s: %s%n", name, round, arm.name(), measurement.values());
					measurements.add(measurement);
				}
				// After each round: a later one may fail
				new Results(Environment.describe(), measurements).write(file);
				// There and back, so that no arm always comes first
				Collections.reverse(arms);
			}
		}
	}

	private static Path createDirectories(Path directory) {
		try {
			return Files.createDirectories(directory);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
