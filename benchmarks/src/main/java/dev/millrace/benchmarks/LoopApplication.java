package dev.millrace.benchmarks;

import java.util.Map;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * Orders to invoices with Kafka's clients only.
 */
public final class LoopApplication {

	private LoopApplication() {
	}

	/**
	 * Runs until it is told to end.
	 * @param arguments properties
	 * @throws InterruptedException when it is interrupted
	 */
	public static void main(String[] arguments) throws InterruptedException {
		StandardEnvironment environment = new StandardEnvironment();
		environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(arguments));
		String servers = environment.getRequiredProperty("spring.kafka.bootstrap-servers");
		Map<String, Object> consumerProperties = Map.of("bootstrap.servers", servers, "group.id",
				environment.getRequiredProperty("group"), "auto.offset.reset", "earliest", "enable.auto.commit", false);
		Usage usage = new Usage();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(consumerProperties,
				new ByteArrayDeserializer(), new ByteArrayDeserializer());
				KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(Map.of("bootstrap.servers", servers),
						new ByteArraySerializer(), new ByteArraySerializer())) {
			PipelinedLoop loop = new PipelinedLoop(consumer, producer, environment.getRequiredProperty("output"),
					usage);
			Thread thread = new Thread(() -> loop.run(environment.getRequiredProperty("input")), "loop");
			thread.start();
			usage.reportAtEnd();
			loop.stop();
			thread.join();
		}
	}

}
