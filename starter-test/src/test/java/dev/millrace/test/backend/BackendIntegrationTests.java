package dev.millrace.test.backend;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.ContextConfiguration;

import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.test.autoconfigure.AutoConfigureStreamTest;
import dev.millrace.test.autoconfigure.Backend;
import dev.millrace.test.autoconfigure.StreamTest;
import dev.millrace.test.broker.InMemoryBroker;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests run on what they say.
 */
class BackendIntegrationTests {

	@Nested
	@StreamTest
	@ContextConfiguration(classes = Application.class)
	class InMemory {

		@Test
		void slice(@Autowired ObjectProvider<InMemoryBroker> inMemory,
				@Autowired ObjectProvider<EmbeddedBroker> embedded) {
			assertThat(inMemory.getIfAvailable()).isNotNull();
			assertThat(embedded.getIfAvailable()).isNull();
		}

	}

	@Nested
	@StreamTest(backend = Backend.EMBEDDED)
	@ContextConfiguration(classes = Application.class)
	class Embedded {

		@Test
		void slice(@Autowired ObjectProvider<InMemoryBroker> inMemory, @Autowired EmbeddedBroker embedded,
				@Autowired KafkaConnectionDetails connection) {
			assertThat(inMemory.getIfAvailable()).isNull();
			assertThat(connection.getBootstrapServers()).containsExactly(embedded.bootstrapServers());
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class)
	@AutoConfigureStreamTest(backend = Backend.EMBEDDED)
	class EmbeddedApplication {

		@Test
		void whole(@Autowired ObjectProvider<InMemoryBroker> inMemory, @Autowired EmbeddedBroker embedded,
				@Autowired KafkaConnectionDetails connection) {
			assertThat(inMemory.getIfAvailable()).isNull();
			assertThat(connection.getBootstrapServers()).containsExactly(embedded.bootstrapServers());
		}

	}

	@SpringBootApplication
	static class Application {

	}

}
