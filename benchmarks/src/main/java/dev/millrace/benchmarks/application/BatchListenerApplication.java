package dev.millrace.benchmarks.application;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Usage;

/**
 * Orders to invoices with spring-kafka's batches, waiting for the invoices of each batch
 * to be confirmed: the fastest that is as safe as one that waits for each record.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BatchListenerApplication {

	/**
	 * Runs until it is told to end.
	 * @param arguments properties
	 */
	public static void main(String[] arguments) {
		Applications.runUntilEnd(arguments, BatchListenerApplication.class);
	}

	@Bean
	Handler handler(Usage usage, KafkaTemplate<String, String> template, @Value("${output}") String output) {
		return new Handler(usage, template, output, JsonMapper.builder().build());
	}

	/**
	 * The handler.
	 *
	 * @param usage counts records
	 * @param template sends
	 * @param output the topic of the invoices
	 * @param mapper reads and writes
	 */
	record Handler(Usage usage, KafkaTemplate<String, String> template, String output, JsonMapper mapper) {

		@KafkaListener(topics = "${input}", groupId = "${group}", batch = "true")
		void handle(List<ConsumerRecord<String, String>> records) {
			List<CompletableFuture<?>> sent = new ArrayList<>(records.size());
			for (ConsumerRecord<String, String> record : records) {
				this.usage.record();
				Invoice invoice = Invoice.of(this.mapper.readValue(record.value(), Order.class));
				sent.add(this.template.send(this.output, record.key(), this.mapper.writeValueAsString(invoice)));
			}
			this.template.flush();
			CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).join();
		}

	}

}
