package dev.millrace.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import dev.millrace.broker.BrokerStartException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
@Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EmbeddedBrokerFailureIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void refusesADirectoryThatAnotherBrokerUsesAndLeavesThatBrokerAlone() {
		BrokerSettings settings = BrokerSettings.defaults().withDataDirectory(this.directory);
		try (EmbeddedBroker first = EmbeddedBroker.start(settings)) {
			assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> EmbeddedBroker.start(settings))
				.withMessage("The data directory '%s' is in use by another broker", this.directory)
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.DIRECTORY_IN_USE));

			TestClient client = new TestClient(first.bootstrapServers());
			client.send("orders", "one");
			assertThat(client.receive("orders", "g", 1)).containsExactly("one");
		}
	}

	@Test
	void refusesAPortThatIsInUse() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			BrokerSettings settings = BrokerSettings.defaults().withPort(socket.getLocalPort());

			assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> EmbeddedBroker.start(settings))
				.withMessageContaining("Port %d", socket.getLocalPort())
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.PORT_IN_USE));
		}
	}

	@Test
	void refusesAControllerPortThatIsInUse() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = socket.getLocalPort();
			BrokerSettings settings = BrokerSettings.defaults()
				.withPort(LocalPort.free())
				.withNode(1, port, "1@localhost:" + port);

			assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> EmbeddedBroker.start(settings))
				.withMessageContaining(String.valueOf(port))
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.PORT_IN_USE));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "meta.properties", "bootstrap.checkpoint", "__cluster_metadata-0/quorum-state" })
	void refusesDamagedDataWithoutEndingTheJvm(String damaged) throws IOException {
		BrokerSettings settings = BrokerSettings.defaults().withDataDirectory(this.directory);
		EmbeddedBroker.start(settings).close();
		Files.writeString(this.directory.resolve(damaged), "no such thing");

		for (int attempt = 1; attempt <= 2; attempt++) {
			assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> EmbeddedBroker.start(settings))
				.withMessageContaining(this.directory.toString())
				.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.BROKER_FAILED));
		}
	}

	@Test
	void refusesInvalidBrokerPropertiesAndNamesThem() {
		BrokerSettings settings = BrokerSettings.defaults().withProperty("num.io.threads", "many");

		assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> EmbeddedBroker.start(settings))
			.withMessageContaining("num.io.threads")
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.BROKER_FAILED));
	}

	@Test
	void fatalFaultOfARunningBrokerIsLoggedAndDoesNotEndTheJvm(CapturedOutput output) throws IOException {
		Path data = this.directory.resolve("data");
		try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults().withDataDirectory(data))) {
			Files.move(data, this.directory.resolve("gone"));

			new TestClient(broker.bootstrapServers()).createTopic("orders", 1, 1);

			await().atMost(60, TimeUnit.SECONDS)
				.untilAsserted(() -> assertThat(output).contains("asked to end this process"));
		}
	}

}
