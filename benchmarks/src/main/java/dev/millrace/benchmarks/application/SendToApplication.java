package dev.millrace.benchmarks.application;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.converter.StringJacksonJsonMessageConverter;
import org.springframework.messaging.handler.annotation.SendTo;

import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Usage;

/**
 * Orders to invoices with spring-kafka, as it comes.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SendToApplication {

	/**
	 * Runs until it is told to end.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		Applications.runUntilEnd(arguments, SendToApplication.class);
	}

	@Bean
	StringJacksonJsonMessageConverter converter() {
		return new StringJacksonJsonMessageConverter();
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

		@KafkaListener(topics = "${input}", groupId = "${group}")
		@SendTo("${output}")
		Invoice handle(Order order) {
			this.usage.record();
			return Invoice.of(order);
		}

	}

}
