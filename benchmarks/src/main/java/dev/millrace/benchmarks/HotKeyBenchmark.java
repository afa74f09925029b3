package dev.millrace.benchmarks;

import java.util.List;
import java.util.stream.Stream;

import dev.millrace.benchmarks.application.WaitingApplication;
import dev.millrace.benchmarks.workload.Workload;

/**
 * What one key with a fifth of the records does to all others, while the window has room.
 */
final class HotKeyBenchmark implements Benchmark {

	private static final int WARM_UP = Scale.of(40_000);

	private static final int OTHERS = Scale.of(32_000);

	private static final Workload WITHOUT = new Workload("without", 1, WARM_UP, OTHERS, 0, 0);

	private static final Workload WITH = new Workload("with", 1, WARM_UP, OTHERS, OTHERS / 4, 0);

	private static final List<String> SETTINGS = List.of("--millrace.subscriber.concurrency=100",
			"--millrace.subscriber.window.high=100000");

	private final WorkloadRuns runs = new WorkloadRuns(List.of(WITHOUT, WITH));

	@Override
	public List<Arm> arms() {
		return jdks().flatMap((jdk) -> Stream.of(WITHOUT, WITH).map((workload) -> arm(workload, jdk))).toList();
	}

	@Override
	public void close() {
		this.runs.close();
	}

	private static Stream<Jdk> jdks() {
		return Stream.concat(Stream.of(Jdk.current()), Jdk.withVirtualThreads().stream()).distinct();
	}

	private Arm arm(Workload workload, Jdk jdk) {
		return new Arm(describe(workload, jdk), describe(WITHOUT, jdk), (run) -> this.runs.run(run,
				Program.of(WaitingApplication.class), jdk, workload, workload.records(), SETTINGS));
	}

	private static String describe(Workload workload, Jdk jdk) {
		return "%s a hot key, Java %d, %s threads".formatted(workload.topic(), jdk.feature(),
				jdk.hasVirtualThreads() ? "virtual" : "platform");
	}

}
