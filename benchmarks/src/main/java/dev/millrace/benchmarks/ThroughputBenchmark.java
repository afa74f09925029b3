package dev.millrace.benchmarks;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.millrace.benchmarks.workload.Workload;

/**
 * Records per second of a handler that does next to nothing, from JSON to JSON.
 */
final class ThroughputBenchmark implements Benchmark {

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private final Contenders contenders = new Contenders();

	private final Topics topics = this.contenders.topics();

	ThroughputBenchmark() {
		Orders.fill(this.topics, workload(Contender.Speed.FAST));
	}

	@Override
	public List<Arm> arms() {
		return Arrays.stream(Contender.values())
			.map((contender) -> contender.arm((run) -> run(contender, run)))
			.toList();
	}

	@Override
	public void close() {
		this.contenders.close();
	}

	private static Workload workload(Contender.Speed speed) {
		return new Workload("orders", Contenders.PARTITIONS, speed.warmUp(), speed.measured(), 0, 0);
	}

	private Map<String, Double> run(Contender contender, String run) {
		Workload workload = workload(contender.speed());
		String output = "invoices-" + run;
		this.topics.create(List.of(output), workload.partitions());
		try (ApplicationProcess application = this.contenders.start(contender, workload, output, List.of())) {
			awaitOutput(application, output, workload.records());
			application.endInput();
			Map<String, Double> used = application.result();
			application.awaitExit();
			Map<String, Double> values = new LinkedHashMap<>();
			values.put("records/s", rate(this.topics.times(output), workload));
			values.putAll(used);
			return values;
		}
		finally {
			this.topics.delete(output);
		}
	}

	private void awaitOutput(ApplicationProcess application, String output, int records) {
		try {
			long deadline = System.nanoTime() + TIMEOUT.toNanos();
			while (this.topics.size(output) < records) {
				if (!application.isAlive() || System.nanoTime() > deadline) {
					throw new IllegalStateException("Only %d records arrived".formatted(this.topics.size(output)));
				}
				Thread.sleep(100);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private static double rate(long[] times, Workload workload) {
		return workload.measured() * 1e3 / (times[workload.records() - 1] - times[workload.warmUp()]);
	}

}
