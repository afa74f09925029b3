package dev.millrace.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import tools.jackson.databind.json.JsonMapper;

/**
 * Waits for each order, in the order of the customers' records, with Confluent's Parallel
 * Consumer.
 */
public final class ParallelConsumerApplication {

	private ParallelConsumerApplication() {
	}

	/**
	 * Runs until it is told to end.
	 * @param arguments the workload, and properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		WaitingHandler handler = new WaitingHandler(Workload.of(List.of(arguments)));
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources()
			.addFirst(new SimpleCommandLinePropertySource(
					Arrays.copyOfRange(arguments, Workload.ARGUMENTS, arguments.length)));
		ParallelConsumerOptions<byte[], byte[]> options = options(environment);
		String output = environment.getRequiredProperty("output");
		JsonMapper mapper = JsonMapper.builder().build();
		ParallelStreamProcessor<byte[], byte[]> processor = ParallelStreamProcessor.createEosStreamProcessor(options);
		processor.subscribe(List.of(environment.getRequiredProperty("input")));
		processor.pollAndProduce((context) -> {
			ConsumerRecord<byte[], byte[]> record = context.getSingleConsumerRecord();
			Invoice invoice = handle(handler, mapper.readValue(record.value(), Order.class));
			return new ProducerRecord<>(output, record.key(), mapper.writeValueAsBytes(invoice));
		});
		handler.reportAtEnd();
		processor.close();
	}

	private static ParallelConsumerOptions<byte[], byte[]> options(StandardEnvironment environment) {
		String servers = environment.getRequiredProperty("spring.kafka.bootstrap-servers");
		Map<String, Object> consumer = Map.of("bootstrap.servers", servers, "group.id",
				environment.getRequiredProperty("group"), "auto.offset.reset", "earliest", "enable.auto.commit", false);
		Map<String, Object> producer = Map.of("bootstrap.servers", servers, "linger.ms",
				environment.getRequiredProperty("linger"));
		return ParallelConsumerOptions.<byte[], byte[]>builder()
			.ordering(ProcessingOrder.KEY)
			.maxConcurrency(environment.getRequiredProperty("concurrency", Integer.class))
			.consumer(new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()))
			.producer(new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer()))
			.build();
	}

	private static Invoice handle(WaitingHandler handler, Order order) {
		try {
			return handler.handle(order);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
