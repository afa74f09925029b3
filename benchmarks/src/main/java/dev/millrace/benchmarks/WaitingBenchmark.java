package dev.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import dev.millrace.broker.BrokerProcess;
import dev.millrace.broker.BrokerSettings;

/**
 * Records per second of a handler that waits, with many at a time in the order of their
 * keys.
 */
final class WaitingBenchmark implements Benchmark {

	static final int WAIT_MILLIS = 5;

	private static final int PARTITIONS = 6;

	private static final int RECORDS = 400_000;

	private static final int[] CONCURRENCIES = { 100, 1000 };

	private static final String INPUT = "orders";

	private final BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults());

	WaitingBenchmark() {
		try (Topics topics = new Topics(this.broker.bootstrapServers())) {
			topics.create(List.of(INPUT), PARTITIONS);
			topics.fill(INPUT, RECORDS, Order::message);
		}
	}

	@Override
	public List<Arm> arms() {
		return variants().stream().map((variant) -> new Arm(variant.describe(), variants().get(0).describe())).toList();
	}

	@Override
	public Map<String, Double> run(Arm arm, String run) {
		Variant variant = variants().stream()
			.filter((candidate) -> candidate.describe().equals(arm.name()))
			.findFirst()
			.orElseThrow();
		int records = Math.min(RECORDS, variant.concurrency() * 1000);
		List<String> arguments = List.of(String.valueOf(records),
				"--spring.kafka.bootstrap-servers=" + this.broker.bootstrapServers(), "--input=" + INPUT,
				"--group=" + run, "--millrace.subscriber.concurrency=" + variant.concurrency());
		try (ApplicationProcess application = ApplicationProcess.start(variant.jdk(), ApplicationProcess.classPath(),
				WaitingApplication.class, arguments)) {
			Map<String, Double> values = application.result();
			double rate = Objects.requireNonNull(values.get("records/s"));
			values.put("of the ceiling", rate * WAIT_MILLIS / 1e3 / variant.concurrency());
			return values;
		}
	}

	@Override
	public void close() {
		this.broker.close();
	}

	private static List<Variant> variants() {
		List<Variant> variants = new ArrayList<>();
		for (int concurrency : CONCURRENCIES) {
			variants.add(new Variant(concurrency, Jdk.current()));
			Jdk.withVirtualThreads().ifPresent((jdk) -> variants.add(new Variant(concurrency, jdk)));
		}
		return variants;
	}

	/**
	 * What varies.
	 *
	 * @param concurrency how many records run at a time
	 * @param jdk what runs the application; Millrace takes virtual threads where it has
	 * them
	 */
	private record Variant(int concurrency, Jdk jdk) {

		String describe() {
			return "%d at a time, Java %d, %s threads".formatted(this.concurrency, this.jdk.feature(),
					this.jdk.hasVirtualThreads() ? "virtual" : "platform");
		}

	}

}
