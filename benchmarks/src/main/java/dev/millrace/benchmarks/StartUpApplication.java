package dev.millrace.benchmarks;

import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Application that measures its own start.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class StartUpApplication {

	/**
	 * Starts the application and ends it when all partitions are assigned.
	 * @param arguments the class with the methods, their number, and properties
	 * @throws Exception when it can't be started
	 */
	public static void main(String[] arguments) throws Exception {
		Class<?> listeners = Class.forName(arguments[0]);
		int partitions = Integer.parseInt(arguments[1]);
		try (ConfigurableApplicationContext context = Applications
			.run(Arrays.copyOfRange(arguments, 2, arguments.length), StartUpApplication.class, listeners)) {
			double ready = secondsSinceStart();
			KafkaListenerEndpointRegistry registry = context.getBean(KafkaListenerEndpointRegistry.class);
			while (assigned(registry) < partitions) {
				Thread.sleep(5);
			}
			Map<String, Double> values = new LinkedHashMap<>();
			values.put("seconds", secondsSinceStart());
			values.put("context ready, seconds", ready);
			values.put("processor, seconds", Environment.processorTime() / 1e9);
			values.put("threads", (double) ManagementFactory.getThreadMXBean().getThreadCount());
			ApplicationProcess.report(values);
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

	private static double secondsSinceStart() {
		return (System.currentTimeMillis() - ManagementFactory.getRuntimeMXBean().getStartTime()) / 1e3;
	}

}
