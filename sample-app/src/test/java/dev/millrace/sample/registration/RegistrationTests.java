package dev.millrace.sample.registration;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.AutoConfigureStreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Registrations}, without a broker.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.metrics.interval=1h")
@AutoConfigureStreamTest
class RegistrationTests {

	@Autowired
	private StreamTestKit kit;

	@Autowired
	private LatestRegistrations latest;

	@Test
	void resultIsPublishedWithTheKeyAndListed() {
		this.kit.publish("in-topic", "7", Map.of("user", "Joan", "user_id", 7));

		assertThat(this.kit.topic("out-topic")).hasRecord().withKey("7").withBody("User: 7 - Joan registered").once();
		assertThat(this.latest.list()).contains("User: 7 - Joan registered");
	}

	@Test
	void registrationWithoutANumberIsADeadLetter() {
		this.kit.publish("in-topic", "8", Map.of("user", "Joan"));

		assertThat(this.kit.topic("in-topic-dlt")).hasRecord().withKey("8").withBody(Map.of("user", "Joan")).once();
		assertThat(this.kit.topic("out-topic")).isEmpty();
	}

}
