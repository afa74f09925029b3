package dev.millrace.sample;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.context.ApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is outside the application: an HTTP client and a plain Kafka client.
 */
public class SampleClient {

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final ApplicationContext context;

	private final JsonMapper mapper = new JsonMapper();

	public SampleClient(ApplicationContext context) {
		this.context = context;
	}

	public ResponseEntity<String> postJson(String path, String body) {
		return post(path, MediaType.APPLICATION_JSON, body);
	}

	public ResponseEntity<String> postText(String path, String body) {
		return post(path, new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8), body);
	}

	public JsonNode getJson(String path) {
		return this.mapper.readTree(get(path).getBody());
	}

	public ResponseEntity<String> get(String path) {
		return http().get().uri(path).retrieve().toEntity(String.class);
	}

	public void publish(ProducerRecord<String, String> record) throws Exception {
		Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers());
		try (KafkaProducer<String, String> producer = new KafkaProducer<>(properties, new StringSerializer(),
				new StringSerializer())) {
			producer.send(record).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
	}

	public ConsumerRecord<String, String> receive(String topic, Predicate<ConsumerRecord<String, String>> wanted) {
		Map<String, Object> properties = Map.of("bootstrap.servers", bootstrapServers(), "fetch.max.wait.ms", 20);
		try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(properties, new StringDeserializer(),
				new StringDeserializer())) {
			consumer.assign(consumer.partitionsFor(topic)
				.stream()
				.map((partition) -> new TopicPartition(topic, partition.partition()))
				.toList());
			consumer.seekToBeginning(consumer.assignment());
			long end = System.nanoTime() + TIMEOUT.toNanos();
			while (System.nanoTime() < end) {
				for (ConsumerRecord<String, String> record : consumer.poll(Duration.ofMillis(200))) {
					if (wanted.test(record)) {
						return record;
					}
				}
			}
		}
		throw new AssertionError("Not in topic " + topic);
	}

	public static String header(ConsumerRecord<String, String> record, String name) {
		return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
	}

	private ResponseEntity<String> post(String path, MediaType contentType, String body) {
		return http().post().uri(path).contentType(contentType).body(body).retrieve().toEntity(String.class);
	}

	// The ports are known only when the application has started
	private RestClient http() {
		String port = this.context.getEnvironment().getRequiredProperty("local.server.port");
		return RestClient.builder()
			.baseUrl("http://localhost:" + port)
			.defaultStatusHandler((status) -> status.isError(), (request, response) -> {
			})
			.build();
	}

	private String bootstrapServers() {
		return String.join(",", this.context.getBean(KafkaConnectionDetails.class).getBootstrapServers());
	}

}
