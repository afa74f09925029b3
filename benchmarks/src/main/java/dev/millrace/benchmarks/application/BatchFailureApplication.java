package dev.millrace.benchmarks.application;

import java.util.List;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.BatchResult;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.FailingHandler;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Takes orders in batches with Millrace; those that fail become dead letters.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BatchFailureApplication {

	/**
	 * Runs until it is told to end.
	 * @param arguments properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		FailingHandler handler = new FailingHandler(Workload.of(new Arguments(arguments)));
		try (ConfigurableApplicationContext context = Applications.run(arguments, FailingHandler.class, () -> handler,
				BatchFailureApplication.class)) {
			handler.reportAtEnd();
		}
	}

	@Bean
	Handler handler(FailingHandler handler) {
		return new Handler(handler);
	}

	/**
	 * The handler.
	 *
	 * @param handler does the work
	 */
	record Handler(FailingHandler handler) {

		@StreamSubscriber(topics = "${input}", groupId = "${group}", batch = true)
		BatchResult handle(List<Order> orders) {
			BatchResult result = BatchResult.success();
			for (int i = 0; i < orders.size(); i++) {
				if (!this.handler.handle(orders.get(i))) {
					result.failed(i, new IllegalStateException("Refused"));
				}
			}
			return result;
		}

	}

}
