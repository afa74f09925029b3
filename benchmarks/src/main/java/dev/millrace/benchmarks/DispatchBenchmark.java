package dev.millrace.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import dev.millrace.benchmarks.dispatch.Dispatch;
import dev.millrace.benchmarks.dispatch.DispatchPath;

/**
 * Cost of a record beyond that in the hand-written loop, without a broker, and without
 * reading and writing its body. Each arm is measured side by side with the loop that
 * writes the same records.
 */
final class DispatchBenchmark implements Benchmark {

	private static final int ITERATIONS = 5;

	private static final String BASELINE = "@KafkaListener and @SendTo";

	@Override
	public List<Arm> arms() {
		return List.of(new Arm(BASELINE, BASELINE, (run) -> run(DispatchPath.SEND_TO, DispatchPath.LOOP)),
				new Arm("Millrace, PARTITION", BASELINE,
						(run) -> run(DispatchPath.PARTITION, DispatchPath.LOOP_WITH_HEADERS)),
				new Arm("Millrace, KEY", BASELINE, (run) -> run(DispatchPath.KEY, DispatchPath.LOOP_WITH_HEADERS)));
	}

	@Override
	public void close() {
		// There is no broker.
	}

	private static Map<String, Double> run(DispatchPath path, DispatchPath baseline) {
		Cost loop = measure(baseline);
		Cost cost = measure(path);
		Map<String, Double> values = new LinkedHashMap<>();
		values.put("over the loop, ns", cost.time() - loop.time());
		values.put("over the loop, bytes", cost.garbage() - loop.garbage());
		values.put("ns/record", cost.time());
		values.put("garbage, bytes/record", cost.garbage());
		values.put("loop, ns/record", loop.time());
		values.put("loop, bytes/record", loop.garbage());
		return values;
	}

	private static Cost measure(DispatchPath path) {
		TimeValue iteration = TimeValue.milliseconds(Scale.of(2000));
		OptionsBuilder options = new OptionsBuilder();
		options.include(Dispatch.class.getName())
			.param("path", path.name())
			.jvm(Jdk.newest().java().toString())
			.jvmArgs("-Xms1g", "-Xmx1g")
			.forks(1)
			.warmupIterations(ITERATIONS)
			.warmupTime(iteration)
			.measurementIterations(ITERATIONS)
			.measurementTime(iteration)
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT);
		try {
			return Cost.of(new Runner(options.build()).run());
		}
		catch (RunnerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What a record costs.
	 *
	 * @param time the time in nanoseconds
	 * @param garbage the bytes of all objects that are created for it
	 */
	private record Cost(double time, double garbage) {

		static Cost of(Collection<RunResult> results) {
			RunResult result = results.iterator().next();
			Result<?> garbage = Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
			return new Cost(result.getPrimaryResult().getScore(), garbage.getScore());
		}

	}

}
