package dev.millrace.benchmarks.application;

import java.util.Map;
import java.util.concurrent.ExecutionException;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.support.KafkaHeaders;
import org.springframework.kafka.support.converter.StringJacksonJsonMessageConverter;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.support.GenericMessage;

import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Usage;

/**
 * Orders to invoices with spring-kafka, waiting for each invoice to be confirmed, so that
 * no offset is committed without it.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SendAndWaitApplication {

	/**
	 * Runs until it is told to end.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		Applications.runUntilEnd(arguments, SendAndWaitApplication.class);
	}

	@Bean
	StringJacksonJsonMessageConverter converter() {
		return new StringJacksonJsonMessageConverter();
	}

	@Bean
	Handler handler(Usage usage, KafkaTemplate<?, ?> template, @Value("${output}") String output) {
		return new Handler(usage, template, output);
	}

	/**
	 * The handler.
	 *
	 * @param usage counts records
	 * @param template sends
	 * @param output the topic of the invoices
	 */
	record Handler(Usage usage, KafkaTemplate<?, ?> template, String output) {

		@KafkaListener(topics = "${input}", groupId = "${group}")
		void handle(Order order, @Header(KafkaHeaders.RECEIVED_KEY) String key)
				throws ExecutionException, InterruptedException {
			this.usage.record();
			this.template
				.send(new GenericMessage<>(Invoice.of(order),
						Map.of(KafkaHeaders.TOPIC, this.output, KafkaHeaders.KEY, key)))
				.get();
		}

	}

}
