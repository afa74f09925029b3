package dev.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import dev.millrace.benchmarks.application.ReplyingTemplateApplication;
import dev.millrace.benchmarks.application.RequestApplication;
import dev.millrace.benchmarks.workload.Workload;
import dev.millrace.broker.BrokerProcess;
import dev.millrace.broker.BrokerSettings;

/**
 * Requests to a handler in the same application, some at once.
 */
final class RequestBenchmark implements Benchmark {

	private static final int[] CONCURRENCIES = { 1, 100 };

	private final BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults());

	private final Topics topics = new Topics(this.broker.bootstrapServers());

	@Override
	public List<Arm> arms() {
		return IntStream.of(CONCURRENCIES).boxed().flatMap(this::arms).toList();
	}

	@Override
	public void close() {
		this.topics.close();
		this.broker.close();
	}

	private Stream<Arm> arms(int concurrency) {
		String baseline = "ReplyingKafkaTemplate, %d at once".formatted(concurrency);
		return Stream.of(
				new Arm(baseline, baseline, Guarantee.MAY_BE_LOST,
						(run) -> run(run, Program.of(ReplyingTemplateApplication.class), concurrency,
								"--millrace.enabled=false")),
				new Arm("Millrace, %d at once".formatted(concurrency), baseline, Guarantee.CONFIRMED,
						(run) -> run(run, Program.of(RequestApplication.class), concurrency,
								"--millrace.request.reply-topic=${output}")));
	}

	private Map<String, Double> run(String run, Program program, int concurrency, String setting) {
		Workload workload = new Workload(run, Contenders.PARTITIONS, Scale.of(1_000 * concurrency),
				Scale.of(1_500 * concurrency), 0, 0);
		String output = Contenders.invoices(workload);
		this.topics.create(List.of(workload.topic(), output), workload.partitions());
		List<String> arguments = new ArrayList<>(workload.arguments());
		arguments.addAll(List.of("--spring.kafka.bootstrap-servers=" + this.broker.bootstrapServers(),
				"--output=" + output, "--group=" + run, "--concurrency=" + concurrency, setting));
		try (ApplicationProcess application = ApplicationProcess.start(Jdk.newest(), program, arguments)) {
			return application.result();
		}
		finally {
			this.topics.delete(workload.topic());
			this.topics.delete(output);
		}
	}

}
