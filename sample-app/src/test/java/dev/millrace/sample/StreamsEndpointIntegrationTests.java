package dev.millrace.sample;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The actuator's endpoint {@code streams} over HTTP.
 */
@SampleTest
class StreamsEndpointIntegrationTests {

	@Autowired
	private SampleClient client;

	@Test
	void showsAllSubscribersAndEachByItself() {
		JsonNode streams = this.client.getJson("/actuator/streams");

		assertThat(streams.at("/subscribers")).extracting((subscriber) -> subscriber.at("/id").asString())
			.contains("registrations-handle");
		JsonNode details = this.client.getJson("/actuator/streams/registrations-handle");
		assertThat(details.at("/reads").asString()).isEqualTo("in-topic");
		assertThat(details.at("/state/running").asBoolean()).isTrue();
		assertThat(details.at("/handlers/0/publishers/0/topic").asString()).isEqualTo("out-topic");
		assertThat(details.at("/settings")).extracting((setting) -> setting.at("/name").asString())
			.contains("concurrency", "retry.delay");
		assertThat(this.client.get("/actuator/streams/nobody").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	@Test
	void changesSubscribers() {
		assertThat(post("", "{\"concurrency\": 3}").getBody()).contains("\"concurrency\":3");
		assertThat(post("/pause", "{}").getBody()).contains("\"paused\":true");
		assertThat(post("/resume", "{}").getBody()).contains("\"paused\":false");
		assertThat(post("/seek", "{\"time\": \"2030-01-01T00:00:00Z\"}").getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(post("/seek-to-end", "{}").getStatusCode()).isEqualTo(HttpStatus.OK);
	}

	@Test
	void saysWhyItRefuses() {
		ResponseEntity<String> response = post("/seek", "{\"topic\": \"in-topic\", \"partition\": 99, \"offset\": 0}");

		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(response.getBody()).contains("does not have the partition in-topic-99");
	}

	private ResponseEntity<String> post(String path, String body) {
		return this.client.postJson("/actuator/streams/registrations-handle" + path, body);
	}

}
