package dev.millrace.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

	@Test
	void listensOnTheLoopbackAddressOnly() {
		int controllerPort = LocalPort.free();
		BrokerSettings settings = BrokerSettings.defaults()
			.withNode(1, controllerPort, "1@localhost:" + controllerPort);
		try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
			assertThat(accepts("127.0.0.1", broker.port())).isTrue();
			assertThat(accepts("127.0.0.1", controllerPort)).isTrue();
			// Answered too by a socket that listens on all addresses
			assertThat(accepts("127.0.0.2", broker.port())).isFalse();
			assertThat(accepts("127.0.0.2", controllerPort)).isFalse();
		}
	}

	@Test
	void severalBrokersRunSideBySide() {
		try (EmbeddedBroker first = EmbeddedBroker.start(BrokerSettings.defaults());
				EmbeddedBroker second = EmbeddedBroker.start(BrokerSettings.defaults())) {
			new TestClient(first.bootstrapServers()).send("first", "one");
			new TestClient(second.bootstrapServers()).send("second", "one");

			assertThat(new TestClient(first.bootstrapServers()).topics()).containsExactly("first");
			assertThat(new TestClient(second.bootstrapServers()).topics()).containsExactly("second");
		}
	}

	@Test
	void deletesATemporaryDirectoryOnClose() {
		EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults());
		assertThat(broker.dataDirectory()).isNotEmptyDirectory();

		broker.close();
		broker.close();

		assertThat(broker.dataDirectory()).doesNotExist();
		assertThat(accepts("127.0.0.1", broker.port())).isFalse();
	}

	@Test
	void temporaryDirectoryKeepsRecordsHoweverOldTheyAre() {
		BrokerSettings settings = BrokerSettings.defaults()
			.withProperties(Map.of("log.initial.task.delay.ms", "100", "log.retention.check.interval.ms", "100"));
		try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
			TestClient client = new TestClient(broker.bootstrapServers());
			client.createTopic("kept", 1, Map.of());
			client.createTopic("deleted", 1, Map.of("retention.ms", "60000"));
			client.send("kept", 1234, "one");
			// Twice: the first look may have passed the other topic by.
			for (int i = 0; i < 2; i++) {
				long end = client.send("deleted", 1234, "one").offset() + 1;
				await().atMost(60, TimeUnit.SECONDS).until(() -> client.beginning("deleted") == end);
			}
			assertThat(client.beginning("kept")).isZero();
		}
	}

	@Test
	void leavesNoThreadThatKeepsTheJvmRunning() {
		Set<Thread> before = Thread.getAllStackTraces().keySet();

		EmbeddedBroker.start(BrokerSettings.defaults()).close();

		Set<Thread> left = new HashSet<>(Thread.getAllStackTraces().keySet());
		left.removeAll(before);
		await().atMost(10, TimeUnit.SECONDS)
			.untilAsserted(() -> assertThat(left).allMatch((thread) -> thread.isDaemon() || !thread.isAlive()));
	}

	private static boolean accepts(String host, int port) {
		try (Socket socket = new Socket()) {
			socket.connect(new InetSocketAddress(host, port), 2000);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

}
