package dev.millrace.benchmarks;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.support.converter.StringJacksonJsonMessageConverter;
import org.springframework.messaging.handler.annotation.SendTo;

/**
 * Orders to invoices with spring-kafka.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class SendToApplication {

	/**
	 * Runs until it is told to end.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		try (ConfigurableApplicationContext context = Applications.run(arguments, SendToApplication.class)) {
			context.getBean(Usage.class).reportAtEnd();
		}
	}

	@Bean
	StringJacksonJsonMessageConverter converter() {
		return new StringJacksonJsonMessageConverter();
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

		@KafkaListener(topics = "${input}", groupId = "${group}")
		@SendTo("${output}")
		Invoice handle(Order order) {
			this.usage.record();
			return Invoice.of(order);
		}

	}

}
