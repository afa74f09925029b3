package dev.millrace.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import dev.millrace.benchmarks.workload.Workload;
import dev.millrace.broker.BrokerProcess;
import dev.millrace.broker.BrokerSettings;

/**
 * Runs contenders on one broker.
 */
final class Contenders implements AutoCloseable {

	static final int PARTITIONS = 6;

	private final BrokerProcess broker;

	private final Topics topics;

	Contenders() {
		this(BrokerSettings.defaults());
	}

	Contenders(BrokerSettings settings) {
		this.broker = BrokerProcess.start(settings);
		this.topics = new Topics(this.broker.bootstrapServers());
	}

	Topics topics() {
		return this.topics;
	}

	String bootstrapServers() {
		return this.broker.bootstrapServers();
	}

	ApplicationProcess start(Contender contender, Workload workload, String output, List<String> settings) {
		List<String> arguments = new ArrayList<>(workload.arguments());
		arguments.addAll(List.of("--spring.kafka.bootstrap-servers=" + bootstrapServers(), "--output=" + output,
				"--group=" + output));
		arguments.addAll(settings);
		return contender.start(arguments);
	}

	/**
	 * Send orders on schedule, with topics of their own.
	 * @param workload the orders, which are sent to the topic that it names
	 * @param schedule when they are sent
	 * @param action what to do with them; the name of the topic of the invoices ends with
	 * {@code -invoices}
	 */
	void withOpenLoop(Workload workload, Schedule schedule, Consumer<OpenLoop> action) {
		String output = invoices(workload);
		this.topics.create(List.of(workload.topic(), output), workload.partitions());
		try (OpenLoop loop = new OpenLoop(bootstrapServers(), workload, output, schedule)) {
			action.accept(loop);
		}
		finally {
			this.topics.delete(workload.topic());
			this.topics.delete(output);
		}
	}

	static String invoices(Workload workload) {
		return workload.topic() + "-invoices";
	}

	@Override
	public void close() {
		this.topics.close();
		this.broker.close();
	}

}
