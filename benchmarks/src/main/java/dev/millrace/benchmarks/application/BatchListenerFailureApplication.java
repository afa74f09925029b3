package dev.millrace.benchmarks.application;

import java.util.List;

import org.apache.kafka.common.TopicPartition;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.BatchListenerFailedException;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.kafka.support.converter.BatchMessagingMessageConverter;
import org.springframework.kafka.support.converter.StringJacksonJsonMessageConverter;
import org.springframework.util.backoff.FixedBackOff;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.FailingHandler;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Takes orders in batches with spring-kafka; those that fail become dead letters.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BatchListenerFailureApplication {

	/**
	 * Runs until it is told to end.
	 * @param arguments properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		FailingHandler handler = new FailingHandler(Workload.of(new Arguments(arguments)));
		try (ConfigurableApplicationContext context = Applications.run(arguments, FailingHandler.class, () -> handler,
				BatchListenerFailureApplication.class)) {
			handler.reportAtEnd();
		}
	}

	@Bean
	BatchMessagingMessageConverter converter() {
		return new BatchMessagingMessageConverter(new StringJacksonJsonMessageConverter());
	}

	@Bean
	DefaultErrorHandler errorHandler(KafkaOperations<?, ?> operations, @Value("${output}") String output) {
		return new DefaultErrorHandler(new DeadLetterPublishingRecoverer(operations,
				(record, failure) -> new TopicPartition(output, record.partition())), new FixedBackOff(0, 0));
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

		@KafkaListener(topics = "${input}", groupId = "${group}", batch = "true")
		void handle(List<Order> orders) {
			for (int i = 0; i < orders.size(); i++) {
				if (!this.handler.handle(orders.get(i))) {
					throw new BatchListenerFailedException("Refused", i);
				}
			}
		}

	}

}
