package dev.millrace.benchmarks;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;

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
		try (ConfigurableApplicationContext context = Applications.run(arguments, PublisherApplication.class)) {
			context.getBean(Usage.class).reportAtEnd();
		}
	}

	@Bean
	Usage usage() {
		return new Usage();
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
