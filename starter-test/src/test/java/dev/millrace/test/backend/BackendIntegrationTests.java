package dev.millrace.test.backend;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.ProducerFactory;
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
	@StreamTest(backend = Backend.EMBEDDED,
			properties = { "spring.kafka.bootstrap-servers=nowhere.invalid:1",
					"spring.kafka.consumer.properties.bootstrap.servers=nowhere.invalid:2",
					"millrace.embedded-broker.enabled=false", "millrace.embedded-broker.port=1",
					"millrace.embedded-broker.data-directory=target/of-the-application" })
	@ContextConfiguration(classes = Application.class)
	class EmbeddedDespiteTheApplication {

		@Test
		void slice(@Autowired EmbeddedBroker embedded, @Autowired KafkaConnectionDetails connection,
				@Autowired ConsumerFactory<?, ?> consumers, @Autowired ProducerFactory<?, ?> producers,
				@Autowired KafkaAdmin admin) {
			assertThat(connection.getBootstrapServers()).containsExactly(embedded.bootstrapServers());
			assertThat(embedded.port()).isNotEqualTo(1);
			assertThat(embedded.dataDirectory()).isNotEqualTo(Path.of("target/of-the-application"));
			assertThat(Stream
				.of(consumers.getConfigurationProperties(), producers.getConfigurationProperties(),
						admin.getConfigurationProperties())
				.map((properties) -> properties.get("bootstrap.servers")))
				.allMatch(List.of(embedded.bootstrapServers())::equals);
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
