package dev.millrace.benchmarks.application;

import java.time.Duration;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.StreamOperations;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Output;

/**
 * Requests and answers with Millrace.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class RequestApplication {

	private static final Duration TIMEOUT = Duration.ofSeconds(5);

	/**
	 * Makes all requests.
	 * @param values properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] values) throws InterruptedException {
		Arguments arguments = new Arguments(values);
		try (ConfigurableApplicationContext context = Applications.builder(RequestApplication.class).run(values)) {
			StreamOperations operations = context.getBean(StreamOperations.class);
			String topic = arguments.get("input");
			Output.report(new RequestLoad(arguments)
				.run((order) -> operations.to(topic).key(order.customer()).request(order, Invoice.class, TIMEOUT)));
		}
	}

	@Bean
	Handler handler() {
		return new Handler();
	}

	/**
	 * The handler.
	 */
	static class Handler {

		@StreamSubscriber(topics = "${input}", groupId = "${group}")
		Invoice handle(Order order) {
			return Invoice.of(order);
		}

	}

}
