package dev.millrace.sample.metrics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

import dev.millrace.sample.SampleClient;
import dev.millrace.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleTest
class MetricsIntegrationTests {

	@Autowired
	private SampleClient client;

	@Test
	void publishesMetersKeyedByName() {
		ConsumerRecord<String, String> reading = this.client.receive("metrics",
				(record) -> record.key().equals("jvm.threads.live"));

		assertThat(reading.value()).contains("\"meter\":\"jvm.threads.live\"", "\"value\":", "\"time\":");
		assertThat(SampleClient.header(reading, "content-type")).isEqualTo("application/json");
	}

	@Test
	void showsLatestAndAverage() {
		await().untilAsserted(() -> {
			JsonNode meters = this.client.getJson("/metrics?prefix=jvm.threads.");

			JsonNode threads = meters.get("jvm.threads.live");
			assertThat(threads.get("count").asLong()).isGreaterThan(1);
			assertThat(threads.get("latest").asDouble()).isPositive();
			assertThat(threads.get("average").asDouble()).isPositive();
			assertThat(meters.propertyNames()).allMatch((name) -> name.startsWith("jvm.threads."));
		});
	}

}
