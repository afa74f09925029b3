package dev.millrace.benchmarks.application;

import io.confluent.parallelconsumer.ParallelStreamProcessor;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Usage;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Orders to invoices with Confluent's Parallel Consumer.
 */
public final class ParallelConsumerApplication {

	private ParallelConsumerApplication() {
	}

	/**
	 * Runs until it is told to end.
	 * @param values properties
	 */
	public static void main(String[] values) {
		Arguments arguments = new Arguments(values);
		Usage usage = new Usage(Workload.of(arguments));
		ParallelStreamProcessor<byte[], byte[]> processor = ParallelConsumers.start(arguments,
				new JsonConversion(usage));
		usage.reportAtEnd();
		processor.close();
	}

}
