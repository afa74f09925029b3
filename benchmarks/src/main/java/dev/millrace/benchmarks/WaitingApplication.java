package dev.millrace.benchmarks;

import java.util.Arrays;
import java.util.List;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.Ordering;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Waits for each order, in the order of the customers' records, with Millrace.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WaitingApplication {

	/**
	 * Runs until it is told to end.
	 * @param arguments the workload, and properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		WaitingHandler handler = new WaitingHandler(Workload.of(List.of(arguments)));
		try (ConfigurableApplicationContext context = Applications.run(
				Arrays.copyOfRange(arguments, Workload.ARGUMENTS, arguments.length),
				(beans) -> beans.registerBean(WaitingHandler.class, () -> handler), WaitingApplication.class)) {
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
