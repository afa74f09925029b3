package dev.millrace.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import dev.millrace.broker.BrokerProcess;
import dev.millrace.broker.BrokerSettings;

/**
 * Records per second of a handler that does next to nothing, from JSON to JSON.
 */
final class ThroughputBenchmark implements Benchmark {

	static final int RECORDS = 1_000_000;

	static final int WARM_UP = 300_000;

	private static final Duration TIMEOUT = Duration.ofMinutes(3);

	private static final int PARTITIONS = 6;

	private static final String INPUT = "orders";

	private static final String LOOP = "hand-written loop";

	private static final String SEND_TO = "@KafkaListener and @SendTo";

	private final BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults());

	private final Topics topics = new Topics(this.broker.bootstrapServers());

	ThroughputBenchmark() {
		this.topics.create(List.of(INPUT), PARTITIONS);
		this.topics.fill(INPUT, RECORDS, Order::message);
	}

	@Override
	public List<Arm> arms() {
		return List.of(new Arm(LOOP, LOOP), new Arm(window(1000), LOOP), new Arm(SEND_TO, LOOP),
				new Arm(window(2000), LOOP), new Arm(window(5000), LOOP));
	}

	@Override
	public Map<String, Double> run(Arm arm, String run) {
		String output = "invoices-" + run;
		this.topics.create(List.of(output), PARTITIONS);
		try (ApplicationProcess application = ApplicationProcess.start(Jdk.current(), ApplicationProcess.classPath(),
				application(arm), arguments(arm, output))) {
			awaitOutput(application, output);
			application.endInput();
			Map<String, Double> used = application.result();
			Map<String, Double> values = new LinkedHashMap<>();
			values.put("records/s", rate(this.topics.times(output)));
			values.putAll(used);
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

	private static String window(int high) {
		return "Millrace, window.high " + high;
	}

	private static Class<?> application(Arm arm) {
		return switch (arm.name()) {
			case LOOP -> LoopApplication.class;
			case SEND_TO -> SendToApplication.class;
			default -> PublisherApplication.class;
		};
	}

	private List<String> arguments(Arm arm, String output) {
		List<String> arguments = new ArrayList<>(
				List.of("--spring.kafka.bootstrap-servers=" + this.broker.bootstrapServers(), "--input=" + INPUT,
						"--output=" + output, "--group=" + output));
		if (application(arm) == PublisherApplication.class) {
			arguments.add("--millrace.subscriber.window.high=" + arm.name().replaceAll("\\D", ""));
		}
		else {
			arguments.add("--millrace.enabled=false");
		}
		return arguments;
	}

	private void awaitOutput(ApplicationProcess application, String output) {
		try {
			long deadline = System.nanoTime() + TIMEOUT.toNanos();
			while (this.topics.size(output) < RECORDS) {
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

	private static double rate(long[] times) {
		return (RECORDS - WARM_UP) * 1e3 / (times[RECORDS - 1] - times[WARM_UP]);
	}

}
