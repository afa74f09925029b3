package dev.millrace.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.millrace.benchmarks.workload.WaitingHandler;
import dev.millrace.benchmarks.workload.Workload;
import dev.millrace.broker.BrokerProcess;
import dev.millrace.broker.BrokerSettings;

/**
 * Runs applications that handle a whole workload, on one broker.
 */
final class WorkloadRuns implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults());

	private final Topics topics = new Topics(this.broker.bootstrapServers());

	WorkloadRuns(List<Workload> workloads) {
		workloads.forEach((workload) -> Orders.fill(this.topics, workload));
	}

	/**
	 * Run an application once.
	 * @param run unique name of this run, for its group and its output
	 * @param application the application
	 * @param jdk what runs it
	 * @param workload what it handles
	 * @param results how many records it is to write
	 * @param settings further arguments
	 * @return what was measured
	 */
	Map<String, Double> run(String run, Program application, Jdk jdk, Workload workload, int results,
			List<String> settings) {
		String output = "results-" + run;
		this.topics.create(List.of(output), workload.partitions());
		List<String> arguments = new ArrayList<>(workload.arguments());
		arguments.addAll(List.of("--spring.kafka.bootstrap-servers=" + this.broker.bootstrapServers(),
				"--output=" + output, "--group=" + run));
		arguments.addAll(settings);
		OtherWork otherWork = new OtherWork();
		try (ApplicationProcess process = ApplicationProcess.start(jdk, application, arguments)) {
			Map<String, Double> values = new LinkedHashMap<>(process.result());
			double end = Objects.requireNonNull(values.remove(WaitingHandler.END));
			awaitCommit(run, workload);
			values.put("last commit after, ms", System.currentTimeMillis() - end);
			values.put("missing results", (double) results - this.topics.size(output));
			values.put("processors taken by others", otherWork.processors());
			values.put("load average", Environment.operatingSystem().getSystemLoadAverage());
			process.endInput();
			process.awaitExit();
			return values;
		}
		finally {
			this.topics.delete(output);
		}
	}

	@Override
	public void close() {
		this.topics.close();
		this.broker.close();
	}

	private void awaitCommit(String group, Workload workload) {
		long deadline = System.nanoTime() + TIMEOUT.toNanos();
		while (this.topics.committed(group) < workload.records()) {
			if (System.nanoTime() > deadline) {
				throw new IllegalStateException(
						"Only %d records are committed".formatted(this.topics.committed(group)));
			}
		}
	}

}
