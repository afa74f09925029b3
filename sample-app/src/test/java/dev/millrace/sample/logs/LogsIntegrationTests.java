package dev.millrace.sample.logs;

import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;
import tools.jackson.databind.JsonNode;

import dev.millrace.sample.SampleClient;
import dev.millrace.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

// Another application that was started in this JVM has reset Logback
@SampleTest
@DirtiesContext(classMode = ClassMode.BEFORE_CLASS)
class LogsIntegrationTests {

	@Autowired
	private SampleClient client;

	@Test
	void publishesLogEventsKeyedByLogger() {
		LoggerFactory.getLogger("com.example.Publishes").warn("Answer {}", 42);

		ConsumerRecord<String, String> event = this.client.receive("logs",
				(record) -> record.key().equals("com.example.Publishes"));
		assertThat(event.value()).contains("\"level\":\"WARN\"", "\"message\":\"Answer 42\"");
	}

	@Test
	void countsPerLevelAndLogger() {
		for (int i = 0; i < 3; i++) {
			LoggerFactory.getLogger("com.example.Counts").info("Hello");
		}
		LoggerFactory.getLogger("com.example.Counts").error("Bye");

		await().untilAsserted(() -> {
			assertThat(count("INFO", "com.example.Counts")).isEqualTo(3);
			assertThat(count("ERROR", "com.example.Counts")).isEqualTo(1);
		});
	}

	@Test
	void publishingLogEventsCausesNoFurtherOnes() {
		LoggerFactory.getLogger("com.example.Ends").info("Hello");
		await().untilAsserted(() -> assertThat(count("INFO", "com.example.Ends")).isEqualTo(1));

		assertThat(loggers()).noneMatch((logger) -> logger.contains("kafka"));
	}

	// The events may be on both sides of the border of two windows
	private long count(String level, String logger) {
		long count = 0;
		for (JsonNode window : this.client.getJson("/logs").get("windows")) {
			count += window.path("counts").path(level).path(logger).asLong(0);
		}
		return count;
	}

	private List<String> loggers() {
		List<String> loggers = new ArrayList<>();
		for (JsonNode window : this.client.getJson("/logs").get("windows")) {
			window.get("counts").forEach((level) -> loggers.addAll(level.propertyNames()));
		}
		return loggers;
	}

}
