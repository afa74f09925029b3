package dev.millrace.codectests;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;

import static org.awaitility.Awaitility.await;

/**
 * Broker of the tests, topics on it, and applications with handlers under test.
 */
final class Fixture {

	static final EmbeddedBroker BROKER = EmbeddedBroker.start(BrokerSettings.defaults().withPort(0));

	private Fixture() {
	}

	static String newTopic(String name) {
		String topic = name + "-" + UUID.randomUUID().toString().substring(0, 8);
		try (Admin admin = Admin.create(Map.of("bootstrap.servers", BROKER.bootstrapServers()))) {
			admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
		return topic;
	}

	static void send(String topic, byte[] body, Headers headers) {
		ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, null, (byte[]) null, body, headers);
		try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
				Map.of("bootstrap.servers", BROKER.bootstrapServers()), new ByteArraySerializer(),
				new ByteArraySerializer())) {
			producer.send(record).get();
		}
		catch (InterruptedException | ExecutionException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Read a topic until it has a number of records.
	 * @param topic the topic
	 * @param count the number
	 * @return the records
	 */
	static List<ConsumerRecord<byte[], byte[]>> read(String topic, int count) {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
		try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(Map.of("bootstrap.servers",
				BROKER.bootstrapServers(), "auto.offset.reset", "earliest", "fetch.max.wait.ms", 20),
				new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
			consumer.assign(List.of(new TopicPartition(topic, 0)));
			await().atMost(Duration.ofSeconds(60)).until(() -> {
				consumer.poll(Duration.ofMillis(200)).forEach(records::add);
				return records.size() >= count;
			});
		}
		return records;
	}

	static String header(ConsumerRecord<?, ?> record, String name) {
		return (record.headers().lastHeader(name) != null) ? new String(record.headers().lastHeader(name).value())
				: null;
	}

	static ConfigurableApplicationContext start(Class<?> configuration, Map<String, Object> properties) {
		return new SpringApplicationBuilder(Application.class, configuration).web(WebApplicationType.NONE)
			.properties(Map.of("spring.application.name", "test", "spring.main.banner-mode", "off",
					"spring.kafka.bootstrap-servers", BROKER.bootstrapServers(), "millrace.subscriber.retry.delay",
					"50ms", "millrace.subscriber.retry.max-delay", "200ms"))
			.properties(properties)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
