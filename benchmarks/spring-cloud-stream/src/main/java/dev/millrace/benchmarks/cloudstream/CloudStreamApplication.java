package dev.millrace.benchmarks.cloudstream;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

import org.springframework.boot.Banner;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Usage;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Orders to invoices with a function of Spring Cloud Stream.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class CloudStreamApplication {

	/**
	 * Runs until it is told to end.
	 * @param values properties
	 */
	public static void main(String[] values) {
		Arguments arguments = new Arguments(values);
		Usage usage = new Usage(Workload.of(arguments));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(CloudStreamApplication.class)
			.bannerMode(Banner.Mode.OFF)
			.initializers((beans) -> ((GenericApplicationContext) beans).registerBean(Usage.class, () -> usage))
			.properties(properties(arguments))
			.run(values)) {
			usage.reportAtEnd();
		}
	}

	@Bean
	Function<Order, Invoice> handle(Usage usage) {
		return (order) -> {
			usage.record();
			return Invoice.of(order);
		};
	}

	private static Map<String, Object> properties(Arguments arguments) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("spring.application.name", "benchmark");
		properties.put("spring.cloud.function.definition", "handle");
		properties.put("spring.cloud.stream.kafka.binder.brokers", arguments.bootstrapServers());
		properties.put("spring.cloud.stream.bindings.handle-in-0.destination", arguments.get("input"));
		properties.put("spring.cloud.stream.bindings.handle-in-0.group", arguments.get("group"));
		properties.put("spring.cloud.stream.bindings.handle-out-0.destination", arguments.get("output"));
		// As all others do
		properties.put("spring.cloud.stream.kafka.bindings.handle-out-0.producer.message-key-expression",
				"headers['kafka_receivedMessageKey']");
		arguments.consumerProperties()
			.forEach((name, value) -> properties.put("spring.cloud.stream.kafka.binder.consumer-properties." + name,
					value));
		return properties;
	}

}
