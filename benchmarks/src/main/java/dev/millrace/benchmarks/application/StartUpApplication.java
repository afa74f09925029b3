package dev.millrace.benchmarks.application;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.benchmarks.workload.Consumption;
import dev.millrace.benchmarks.workload.Output;

/**
 * Application that measures its own start.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartUpApplication {

	private static final int COLLECTIONS = 5;

	/** How long it took until all partitions were assigned. */
	public static final String SECONDS = "seconds";

	/** What is used of the heap after a collection. */
	public static final String HEAP = "heap, MiB";

	/**
	 * Starts the application and ends it when all partitions are assigned.
	 * @param arguments the class with the methods, their number, and properties
	 * @throws Exception when it can't be started
	 */
	public static void main(String[] arguments) throws Exception {
		Class<?> listeners = Class.forName(arguments[0]);
		int partitions = Integer.parseInt(arguments[1]);
		try (ConfigurableApplicationContext context = Applications.builder(StartUpApplication.class, listeners)
			.run(Arrays.copyOfRange(arguments, 2, arguments.length))) {
			double ready = secondsSinceStart();
			KafkaListenerEndpointRegistry registry = context.getBean(KafkaListenerEndpointRegistry.class);
			while (assigned(registry) < partitions) {
				Thread.sleep(5);
			}
			Map<String, Double> values = new LinkedHashMap<>();
			values.put(SECONDS, secondsSinceStart());
			values.put("context ready, seconds", ready);
			values.put("processor, seconds", Consumption.now().processorTime() / 1e9);
			values.put(HEAP, usedHeap() / 1048576.0);
			values.put("threads", (double) ManagementFactory.getThreadMXBean().getThreadCount());
			Output.report(values);
		}
	}

	private static int assigned(KafkaListenerEndpointRegistry registry) {
		int assigned = 0;
		for (MessageListenerContainer container : registry.getListenerContainers()) {
			var partitions = container.getAssignedPartitions();
			assigned += (partitions != null) ? partitions.size() : 0;
		}
		return assigned;
	}

	// What other threads allocate meanwhile is not meant, and one collection leaves some
	// of what has died.
	private static long usedHeap() {
		long least = Long.MAX_VALUE;
		for (int i = 0; i < COLLECTIONS; i++) {
			System.gc();
			least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
		}
		return least;
	}

	private static double secondsSinceStart() {
		return (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
	}

}
