package dev.millrace.sample.registration;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

import dev.millrace.sample.SampleClient;
import dev.millrace.sample.SampleTest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@SampleTest
class RegistrationIntegrationTests {

	@Autowired
	private SampleClient client;

	@ParameterizedTest
	@ValueSource(strings = { "user_id", "userId" })
	void resultKeepsKeyAndCorrelationId(String field) throws Exception {
		ProducerRecord<String, String> request = new ProducerRecord<>("in-topic", "1",
				"{\"user\":\"John\",\"%s\":1}".formatted(field));
		String correlationId = "abc-" + field;
		request.headers().add("correlation_id", correlationId.getBytes(StandardCharsets.UTF_8));

		this.client.publish(request);

		ConsumerRecord<String, String> result = this.client.receive("out-topic",
				(record) -> SampleClient.header(record, "correlation_id").equals(correlationId));
		assertThat(result.value()).isEqualTo("User: 1 - John registered");
		assertThat(result.key()).isEqualTo("1");
		assertThat(SampleClient.header(result, "content-type")).isEqualTo("text/plain");
	}

	@Test
	void registersOverHttp() {
		assertThat(this.client.postJson("/registrations", "{\"user\":\"Jane\",\"user_id\":2}").getStatusCode())
			.isEqualTo(HttpStatus.ACCEPTED);

		await().untilAsserted(() -> assertThat(this.client.get("/registrations").getBody())
			.contains("\"User: 2 - Jane registered\""));
	}

	@Test
	void refusesRegistrationWithoutUserId() {
		ResponseEntity<String> response = this.client.postJson("/registrations", "{\"user\":\"Jane\"}");

		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(response.getBody()).contains("user_id is missing");
	}

}
