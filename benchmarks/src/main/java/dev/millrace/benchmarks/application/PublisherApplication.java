package dev.millrace.benchmarks.application;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Usage;

/**
 * Orders to invoices with Millrace.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class PublisherApplication {

	/**
	 * Runs until it is told to end.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		Applications.runUntilEnd(arguments, PublisherApplication.class);
	}

	@Bean
	Handler handler(Usage usage) {
		return new Handler(usage);
	}

	/**
	 * The handler.
	 *
	 * @param usage counts records
	 */
	record Handler(Usage usage) {

		@StreamSubscriber(topics = "${input}", groupId = "${group}")
		@StreamPublisher("${output}")
		Invoice handle(Order order) {
			this.usage.record();
			return Invoice.of(order);
		}

	}

}
