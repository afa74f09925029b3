package dev.millrace.benchmarks.application;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Usage;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Orders to invoices with Kafka's clients only.
 */
public final class LoopApplication {

	private LoopApplication() {
	}

	/**
	 * Runs until it is told to end.
	 * @param values properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] values) throws InterruptedException {
		Arguments arguments = new Arguments(values);
		Map<String, Object> consumerProperties = new HashMap<>(arguments.consumerProperties());
		consumerProperties.putAll(Map.of("bootstrap.servers", arguments.bootstrapServers(), "group.id",
				arguments.get("group"), "auto.offset.reset", "earliest", "enable.auto.commit", false));
		Usage usage = new Usage(Workload.of(arguments));
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerProperties,
				new ByteArrayDeserializer(), new ByteArrayDeserializer());
				KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
						Map.of("bootstrap.servers", arguments.bootstrapServers()), new ByteArraySerializer(),
						new ByteArraySerializer())) {
			PipelinedLoop loop = new PipelinedLoop(consumer, producer, handler(arguments, new JsonConversion(usage)));
			Thread thread = new Thread(() -> loop.run(arguments.get("input")), "loop");
			thread.start();
			usage.reportAtEnd();
			loop.stop();
			thread.join();
		}
	}

	private static Function<ConsumerRecord<byte[], byte[]>, ProducerRecord<byte[], byte[]>> handler(Arguments arguments,
			UnaryOperator<byte[]> conversion) {
		String output = arguments.get("output");
		if (!Boolean.parseBoolean(arguments.get("headers"))) {
			return (order) -> new ProducerRecord<>(output, order.key(), conversion.apply(order.value()));
		}
		Header json = header("content-type", "application/json");
		return (order) -> new ProducerRecord<>(output, null, order.key(), conversion.apply(order.value()), List.of(json,
				header("correlation_id", order.topic() + '-' + order.partition() + '@' + order.offset())));
	}

	private static Header header(String name, String value) {
		return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
	}

}
