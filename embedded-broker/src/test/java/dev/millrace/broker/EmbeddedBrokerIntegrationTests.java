package dev.millrace.broker;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedBrokerIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void producesAndConsumesOnAFreePort() {
		try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults())) {
			TestClient client = new TestClient(broker.bootstrapServers());
			client.send("orders", "one");
			client.send("orders", "two");

			assertThat(broker.port()).isPositive();
			assertThat(broker.bootstrapServers()).isEqualTo("localhost:" + broker.port());
			assertThat(client.receive("orders", "g", 2)).containsExactly("one", "two");
		}
	}

	@Test
	void keepsTopicsAndCommittedOffsetsOverARestart() {
		BrokerSettings settings = BrokerSettings.defaults().withDataDirectory(this.directory).withPartitions(3);
		int port;
		try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
			port = broker.port();
			TestClient client = new TestClient(broker.bootstrapServers());
			client.send("orders", "before");
			assertThat(client.receive("orders", "g", 1)).containsExactly("before");
		}

		try (EmbeddedBroker broker = EmbeddedBroker.start(settings.withPort(port).withPartitions(1))) {
			TestClient client = new TestClient(broker.bootstrapServers());
			client.send("orders", "after");

			assertThat(broker.port()).isEqualTo(port);
			assertThat(client.partitions("orders")).isEqualTo(3);
			assertThat(client.receive("orders", "g", 1)).containsExactly("after");
			assertThat(client.receive("orders", "another group", 2)).containsExactlyInAnyOrder("before", "after");
		}
	}

}
