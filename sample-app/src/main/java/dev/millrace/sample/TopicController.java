package dev.millrace.sample;

import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/**
 * Publishes JSON or text to any topic, for those who have no Kafka client at hand. Names
 * that Kafka doesn't allow are not found here: they would disturb the client.
 */
@RestController
@RequestMapping("/topics/{topic:[a-zA-Z0-9_-][a-zA-Z0-9._-]{0,248}}")
class TopicController {

	private final StreamSender sender;

	TopicController(StreamSender sender) {
		this.sender = sender;
	}

	@PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
	@ResponseStatus(HttpStatus.ACCEPTED)
	CompletableFuture<Receipt> sendJson(@PathVariable String topic, @RequestParam @Nullable String key,
			@RequestBody JsonNode body) {
		return this.sender.send(topic, key, body);
	}

	@PostMapping(consumes = MediaType.TEXT_PLAIN_VALUE)
	@ResponseStatus(HttpStatus.ACCEPTED)
	CompletableFuture<Receipt> sendText(@PathVariable String topic, @RequestParam @Nullable String key,
			@RequestBody String body) {
		return this.sender.send(topic, key, body);
	}

}
