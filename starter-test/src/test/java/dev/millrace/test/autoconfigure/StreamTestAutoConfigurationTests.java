package dev.millrace.test.autoconfigure;

import org.junit.jupiter.api.Test;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.testcontainers.kafka.KafkaContainer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StreamTestAutoConfiguration}.
 */
class StreamTestAutoConfigurationTests {

	@Test
	void connectionToAContainerIsNotThatOfTheApplication() {
		StreamTestAutoConfiguration.InContainer configuration = new StreamTestAutoConfiguration.InContainer();
		KafkaContainer container = configuration.streamTestContainer();
		KafkaConnectionDetails connection = configuration.streamTestConnectionDetails(container);

		assertThat(connection.getSecurityProtocol()).isEqualTo("PLAINTEXT");
	}

}
