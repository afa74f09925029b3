package dev.millrace.benchmarks.application;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.Ordering;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.WaitingHandler;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Waits for each order, in the order of the customers' records, with Millrace.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WaitingApplication {

	/**
	 * Runs until it is told to end.
	 * @param arguments properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		WaitingHandler handler = new WaitingHandler(Workload.of(new Arguments(arguments)));
		try (ConfigurableApplicationContext context = Applications.run(arguments, WaitingHandler.class, () -> handler,
				WaitingApplication.class)) {
			handler.reportAtEnd();
		}
	}

	@Bean
	Handler handler(WaitingHandler handler) {
		return new Handler(handler);
	}

	/**
	 * The handler.
	 *
	 * @param handler does the work
	 */
	record Handler(WaitingHandler handler) {

		@StreamSubscriber(topics = "${input}", groupId = "${group}", ordering = Ordering.KEY)
		@StreamPublisher("${output}")
		Invoice handle(Order order) throws InterruptedException {
			return this.handler.handle(order);
		}

	}

}
