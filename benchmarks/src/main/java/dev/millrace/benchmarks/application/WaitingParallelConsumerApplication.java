package dev.millrace.benchmarks.application;

import io.confluent.parallelconsumer.ParallelStreamProcessor;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.WaitingHandler;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Waits for each order, in the order of the customers' records, with Confluent's Parallel
 * Consumer.
 */
public final class WaitingParallelConsumerApplication {

	private WaitingParallelConsumerApplication() {
	}

	/**
	 * Runs until it is told to end.
	 * @param values properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] values) throws InterruptedException {
		Arguments arguments = new Arguments(values);
		WaitingHandler handler = new WaitingHandler(Workload.of(arguments));
		ParallelStreamProcessor<byte[], byte[]> processor = ParallelConsumers.start(arguments,
				new WaitingConversion(handler));
		handler.reportAtEnd();
		processor.close();
	}

}
