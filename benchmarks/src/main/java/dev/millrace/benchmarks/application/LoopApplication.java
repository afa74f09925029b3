package dev.millrace.benchmarks.application;

import java.util.HashMap;
import java.util.Map;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
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
			PipelinedLoop loop = new PipelinedLoop(consumer, producer, arguments.get("output"),
					new JsonConversion(usage));
			Thread thread = new Thread(() -> loop.run(arguments.get("input")), "loop");
			thread.start();
			usage.reportAtEnd();
			loop.stop();
			thread.join();
		}
	}

}
