package dev.millrace.sample;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.HttpStatus;

import static org.assertj.core.api.Assertions.assertThat;

@SampleTest
@ExtendWith(OutputCaptureExtension.class)
class SampleApplicationIntegrationTests {

	@Autowired
	private SampleClient client;

	@Autowired
	private Guide guide;

	@LocalServerPort
	private int port;

	@Test
	void overviewSaysWhatToType() {
		assertThat(this.client.get("/").getBody()).contains("curl localhost:%d/registrations".formatted(this.port))
			.contains("kcat -b localhost:")
			.doesNotContain("{http}", "{kafka}");
	}

	@Test
	void logSaysWhatToType(CapturedOutput output) {
		this.guide.print();

		assertThat(output).contains("curl localhost:%d/ledger/alice".formatted(this.port));
	}

	@Test
	void sendsJsonToAnyTopic() {
		assertThat(this.client.postJson("/topics/any.json?key=k", "{\"a\": [1, 2.50]}").getStatusCode())
			.isEqualTo(HttpStatus.ACCEPTED);

		ConsumerRecord<String, String> record = this.client.receive("any.json", (any) -> true);
		assertThat(record.key()).isEqualTo("k");
		assertThat(record.value()).startsWith("{\"a\":[1,2.5");
		assertThat(SampleClient.header(record, "content-type")).isEqualTo("application/json");
	}

	@Test
	void sendsTextToAnyTopicWithoutKey() {
		this.client.postText("/topics/any.text", "h\u00e9llo");

		ConsumerRecord<String, String> record = this.client.receive("any.text", (any) -> true);
		assertThat(record.key()).isNull();
		assertThat(record.value()).isEqualTo("h\u00e9llo");
		assertThat(SampleClient.header(record, "content-type")).isEqualTo("text/plain");
	}

	@Test
	void refusesWhatIsNotJson() {
		assertThat(this.client.postJson("/topics/any.json", "{").getStatusCode()).isEqualTo(HttpStatus.BAD_REQUEST);
	}

	@ParameterizedTest
	@ValueSource(strings = { "a b", "a$b", ".hidden" })
	void refusesIllegalTopicName(String topic) {
		assertThat(this.client.postText("/topics/" + topic, "hello").getStatusCode()).isEqualTo(HttpStatus.NOT_FOUND);
	}

}
