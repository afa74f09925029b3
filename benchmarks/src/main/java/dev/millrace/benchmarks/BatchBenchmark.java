package dev.millrace.benchmarks;

import java.util.List;
import java.util.Map;

import dev.millrace.benchmarks.application.BatchFailureApplication;
import dev.millrace.benchmarks.application.BatchListenerFailureApplication;
import dev.millrace.benchmarks.workload.FailingHandler;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Records per second of a handler of batches that can't handle one of a hundred records.
 */
final class BatchBenchmark implements Benchmark {

	private static final String BASELINE = "@KafkaListener, BatchListenerFailedException";

	private static final Workload WORKLOAD = new Workload("orders", Contenders.PARTITIONS, Scale.of(200_000),
			Scale.of(300_000), 0, 0);

	private final WorkloadRuns runs = new WorkloadRuns(List.of(WORKLOAD));

	@Override
	public List<Arm> arms() {
		return List.of(
				new Arm(BASELINE, BASELINE,
						(run) -> run(run, Program.of(BatchListenerFailureApplication.class),
								"--millrace.enabled=false")),
				new Arm("Millrace, PARTITION", BASELINE, (run) -> run(run, Program.of(BatchFailureApplication.class),
						"--millrace.subscriber.retry.attempts=1", "--millrace.subscriber.dead-letter.topic=${output}")),
				new Arm("Millrace, KEY", BASELINE, (run) -> run(run, Program.of(BatchFailureApplication.class),
						"--millrace.subscriber.retry.attempts=1", "--millrace.subscriber.dead-letter.topic=${output}",
						"--millrace.subscriber.ordering=KEY")));
	}

	@Override
	public void close() {
		this.runs.close();
	}

	private Map<String, Double> run(String run, Program program, String... settings) {
		int failures = (WORKLOAD.records() + FailingHandler.ORDERS_OF_A_FAILURE - 1)
				/ FailingHandler.ORDERS_OF_A_FAILURE;
		return this.runs.run(run, program, Jdk.newest(), WORKLOAD, failures, List.of(settings));
	}

}
