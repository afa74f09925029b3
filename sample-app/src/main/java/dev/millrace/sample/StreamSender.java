package dev.millrace.sample;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Publishes from anywhere in the application. A {@code String} goes as text, everything
 * else as JSON, and the header {@code content-type} says which.
 */
@Component
public class StreamSender {

	private final KafkaTemplate<String, String> template;

	private final JsonMapper mapper;

	StreamSender(KafkaTemplate<String, String> template, JsonMapper mapper) {
		this.template = template;
		this.mapper = mapper;
	}

	/**
	 * Publish a value.
	 * @param topic the topic
	 * @param key the key: values of the same key keep their order; {@code null} for none
	 * @param value the value
	 * @return where the value is, as soon as the broker has confirmed it
	 */
	public CompletableFuture<Receipt> send(String topic, @Nullable String key, Object value) {
		if (value instanceof String text) {
			return send(topic, key, text, "text/plain");
		}
		return send(topic, key, this.mapper.writeValueAsString(value), "application/json");
	}

	private CompletableFuture<Receipt> send(String topic, @Nullable String key, String body, String contentType) {
		ProducerRecord<String, String> record = new ProducerRecord<>(topic, key, body);
		record.headers().add("content-type", contentType.getBytes(StandardCharsets.UTF_8));
		return this.template.send(record).thenApply((result) -> Receipt.of(result.getRecordMetadata()));
	}

}
