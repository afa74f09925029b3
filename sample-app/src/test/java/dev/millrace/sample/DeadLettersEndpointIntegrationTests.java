package dev.millrace.sample;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The actuator's endpoint {@code deadletters} over HTTP.
 */
@SampleTest
class DeadLettersEndpointIntegrationTests {

	private static final String PATH = "/actuator/deadletters/registrations-handle";

	@Autowired
	private SampleClient client;

	@Test
	void showsAndReplaysWhatCanNotBeRead() throws Exception {
		this.client.publish(new ProducerRecord<>("in-topic", "dead", "{\"user\":"));
		this.client.publish(new ProducerRecord<>("in-topic", "other", "no object"));
		await().until(() -> letters("?key=dead").size() == 1 && letters("?key=other").size() == 1);

		JsonNode letter = letters("?key=dead").get(0);
		assertThat(letter.at("/body").asString()).isEqualTo("{\"user\":");
		assertThat(letter.at("/origin").asString()).startsWith("in-topic-");
		assertThat(letter.at("/exception").asString()).contains("Exception");
		assertThat(this.client.getJson(PATH + "?limit=1").at("/next").asString()).startsWith("in-topic-dlt-");

		String position = letter.at("/position").asString();
		JsonNode replay = new JsonMapper().readTree(
				this.client.postJson(PATH, "{\"positions\": \"%s\", \"maxReplays\": 1}".formatted(position)).getBody());
		await().until(() -> this.client.getJson("/actuator/deadletters").get(0).at("/state").asString().equals("DONE"));

		assertThat(this.client.getJson("/actuator/deadletters").get(0).at("/id")).isEqualTo(replay.at("/id"));
		assertThat(this.client.getJson(PATH + "/log").get(0).at("/letter").asString()).isEqualTo(position);
		await().until(() -> letters("?key=dead").size() == 1 && letters("?key=dead&replayed=true").size() == 2);
		assertThat(this.client.getJson(PATH + "/groups").get(0).at("/replayed").asInt()).isEqualTo(1);
		assertThat(letters("?key=dead").get(0).at("/replays").asInt()).isEqualTo(1);
		assertThat(letters("?key=other").get(0).at("/replays").asInt()).isZero();
	}

	@Test
	void saysWhyItRefuses() {
		assertThat(this.client.get("/actuator/deadletters/nobody").getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
		assertThat(this.client.get(PATH + "?after=x").getBody()).contains("topic-partition@offset");
		assertThat(this.client.postJson(PATH, "{\"positions\": \"\"}").getBody()).contains("topic-partition@offset");
		assertThat(this.client.postJson(PATH, "{\"rate\": 0}").getBody()).contains("greater than 0");
		assertThat(this.client.get(PATH + "/nothing").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

	private JsonNode letters(String query) {
		return this.client.getJson(PATH + query).at("/letters");
	}

}
