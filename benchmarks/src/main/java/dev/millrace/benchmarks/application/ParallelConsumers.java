package dev.millrace.benchmarks.application;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.confluent.parallelconsumer.ParallelConsumerOptions;
import io.confluent.parallelconsumer.ParallelConsumerOptions.ProcessingOrder;
import io.confluent.parallelconsumer.ParallelStreamProcessor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.millrace.benchmarks.workload.Arguments;

/**
 * Starts Confluent's Parallel Consumer.
 */
final class ParallelConsumers {

	private ParallelConsumers() {
	}

	/**
	 * Start one that writes a record for each that it reads, with the same key.
	 * @param arguments the arguments of the application, {@code ordering},
	 * {@code concurrency} and {@code linger} among them
	 * @param handler makes one from the other
	 * @return what runs, to be closed
	 */
	static ParallelStreamProcessor<byte[], byte[]> start(Arguments arguments, UnaryOperator<byte[]> handler) {
		ParallelStreamProcessor<byte[], byte[]> processor = ParallelStreamProcessor
			.createEosStreamProcessor(options(arguments));
		processor.subscribe(List.of(arguments.get("input")));
		String output = arguments.get("output");
		processor.pollAndProduce((context) -> {
			ConsumerRecord<byte[], byte[]> record = context.getSingleConsumerRecord();
			return new ProducerRecord<>(output, record.key(), handler.apply(record.value()));
		});
		return processor;
	}

	private static ParallelConsumerOptions<byte[], byte[]> options(Arguments arguments) {
		String servers = arguments.bootstrapServers();
		Map<String, Object> consumer = new HashMap<>(arguments.consumerProperties());
		consumer.putAll(Map.of("bootstrap.servers", servers, "group.id", arguments.get("group"), "auto.offset.reset",
				"earliest", "enable.auto.commit", false));
		Map<String, Object> producer = Map.of("bootstrap.servers", servers, "linger.ms", arguments.get("linger"));
		return ParallelConsumerOptions.<byte[], byte[]>builder()
			.ordering(ProcessingOrder.valueOf(arguments.get("ordering")))
			.maxConcurrency(arguments.getInt("concurrency"))
			.consumer(new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()))
			.producer(new KafkaProducer<>(producer, new ByteArraySerializer(), new ByteArraySerializer()))
			.build();
	}

}
