package dev.millrace.benchmarks;

import java.util.Arrays;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.Ordering;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Waits for each order and checks that the orders of a customer come one after the other.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class WaitingApplication {

	/**
	 * Runs until enough records are handled.
	 * @param arguments the number of records, and properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		KeyOrder order = new KeyOrder(Integer.parseInt(arguments[0]));
		try (ConfigurableApplicationContext context = Applications.run(
				Arrays.copyOfRange(arguments, 1, arguments.length),
				(beans) -> beans.registerBean(KeyOrder.class, () -> order), WaitingApplication.class)) {
			order.awaitEnd();
			ApplicationProcess.report(order.values());
		}
	}

	@Bean
	Handler handler(KeyOrder order) {
		return new Handler(order);
	}

	/**
	 * The handler.
	 *
	 * @param order checks the order
	 */
	record Handler(KeyOrder order) {

		@StreamSubscriber(topics = "${input}", groupId = "${group}", ordering = Ordering.KEY)
		void handle(Order record) throws InterruptedException {
			this.order.begin(record);
			Thread.sleep(WaitingBenchmark.WAIT_MILLIS);
			this.order.end(record);
		}

	}

}
