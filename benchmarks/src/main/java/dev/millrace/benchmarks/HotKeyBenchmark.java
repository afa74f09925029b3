package dev.millrace.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one key with a fifth of the records does to all others, while the window has room.
 */
final class HotKeyBenchmark implements Benchmark {

	private static final int WARM_UP = 40_000;

	private static final int OTHERS = 32_000;

	private static final Workload WITHOUT = new Workload("without", 1, WARM_UP, OTHERS, 0);

	private static final Workload WITH = new Workload("with", 1, WARM_UP, OTHERS, OTHERS / 4);

	private final Map<String, Variant> variants = variants();

	private final WaitingRuns runs = new WaitingRuns(List.of(WITHOUT, WITH));

	@Override
	public List<Arm> arms() {
		return this.variants.values()
			.stream()
			.map((variant) -> new Arm(variant.describe(), new Variant(WITHOUT, variant.jdk()).describe()))
			.toList();
	}

	@Override
	public Map<String, Double> run(Arm arm, String run) {
		Variant variant = this.variants.get(arm.name());
		if (variant == null) {
			throw new IllegalArgumentException(arm.name());
		}
		return this.runs.run(run, WaitingApplication.class, variant.jdk(), variant.workload(),
				List.of("--millrace.subscriber.concurrency=100", "--millrace.subscriber.window.high=100000"));
	}

	@Override
	public void close() {
		this.runs.close();
	}

	private static Map<String, Variant> variants() {
		List<Jdk> jdks = new ArrayList<>(List.of(Jdk.current()));
		Jdk.withVirtualThreads().ifPresent(jdks::add);
		Map<String, Variant> variants = new LinkedHashMap<>();
		for (Jdk jdk : jdks) {
			for (Workload workload : List.of(WITHOUT, WITH)) {
				Variant variant = new Variant(workload, jdk);
				variants.put(variant.describe(), variant);
			}
		}
		return variants;
	}

	/**
	 * What varies.
	 *
	 * @param workload the records
	 * @param jdk what runs the application
	 */
	private record Variant(Workload workload, Jdk jdk) {

		String describe() {
			return "%s a hot key, Java %d, %s threads".formatted(this.workload.topic(), this.jdk.feature(),
					this.jdk.hasVirtualThreads() ? "virtual" : "platform");
		}

	}

}
