package dev.millrace.broker;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.contentOf;
import static org.awaitility.Awaitility.await;

class BrokerProcessIntegrationTests {

	private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";

	@TempDir
	private Path directory;

	@TempDir
	private Path logs;

	@Test
	void keepsPortAndDataWhenKilledAndRestarted() {
		try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults())) {
			TestClient client = new TestClient(broker.bootstrapServers());
			client.send("orders", "before");
			assertThat(client.receive("orders", "g", 1)).containsExactly("before");
			int port = broker.port();
			long pid = broker.pid();

			broker.kill();
			assertThat(broker.isAlive()).isFalse();
			broker.restart();

			client.send("orders", "after");
			assertThat(broker.isAlive()).isTrue();
			assertThat(broker.port()).isEqualTo(port);
			assertThat(broker.pid()).isNotEqualTo(pid);
			assertThat(client.receive("orders", "g", 1)).containsExactly("after");
		}
	}

	@Test
	void stopsCleanlyButIsKilledWithoutCleanup() {
		BrokerSettings settings = BrokerSettings.defaults().withDataDirectory(this.directory);
		try (BrokerProcess broker = BrokerProcess.start(settings)) {
			broker.stop();
			assertThat(broker.isAlive()).isFalse();
			assertThat(this.directory.resolve(CLEAN_SHUTDOWN)).exists();

			broker.restart();
			broker.kill();
			assertThat(broker.isAlive()).isFalse();
			assertThat(this.directory.resolve(CLEAN_SHUTDOWN)).doesNotExist();
		}
		assertThat(this.directory).isNotEmptyDirectory();
	}

	@Test
	void printsAReadyLineAndStopsCleanlyOnSigterm() throws Exception {
		Process process = java(EmbeddedBrokerMain.class, "--port=0", "--data-directory=" + this.directory);
		try (BufferedReader output = process.inputReader()) {
			assertThat(output.readLine()).matches("MILLRACE-BROKER-READY localhost:\\d+");

			process.destroy();

			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(this.directory.resolve(CLEAN_SHUTDOWN)).exists();
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void explainsAnOptionThatDoesNotExist() throws Exception {
		Process process = java(EmbeddedBrokerMain.class, "--no-such-option");
		try {
			assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
			assertThat(process.exitValue()).isEqualTo(2);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void failsWithTheLastLinesOfTheOutput() {
		BrokerSettings settings = BrokerSettings.defaults().withDataDirectory(this.directory);
		try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
			assertThat(broker.dataDirectory()).isEqualTo(this.directory);

			assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> BrokerProcess.start(settings))
				.withMessageContaining("ended before it served")
				.withMessageContaining("The data directory '%s' is in use by another broker", this.directory);
		}
	}

	@Test
	void failsWithTheReasonWhenAPortIsTaken() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			int port = socket.getLocalPort();
			BrokerSettings settings = BrokerSettings.defaults().withNode(1, port, "1@localhost:" + port);

			assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> BrokerProcess.start(settings))
				.withMessageEndingWith("Socket server failed to bind to localhost:%d: Address already in use.", port);
		}
	}

	@Test
	void endsWhenTheBrokerFails() throws IOException {
		Path data = this.directory.resolve("data");
		try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults().withDataDirectory(data))) {
			Files.move(data, this.directory.resolve("gone"));

			new TestClient(broker.bootstrapServers()).createTopic("orders", 1, 1);

			await().atMost(60, TimeUnit.SECONDS).until(() -> !broker.isAlive());
		}
	}

	@Test
	void endsWhenItsParentIsKilled() throws Exception {
		Process parent = java(Parent.class, this.directory.toString());
		try (BufferedReader output = parent.inputReader()) {
			String line = output.readLine();
			assertThat(line).as("Process id of the broker; errors: %s", contentOf(errors().toFile())).matches("\\d+");
			Optional<ProcessHandle> broker = ProcessHandle.of(Long.parseLong(line));
			assertThat(broker).get().matches(ProcessHandle::isAlive);

			parent.destroyForcibly();

			await().atMost(30, TimeUnit.SECONDS).until(() -> !broker.get().isAlive());
		}
		finally {
			parent.destroyForcibly();
		}
	}

	private Process java(Class<?> main, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Xmx512m");
		command.add(main.getName());
		command.addAll(List.of(arguments));
		ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors().toFile());
		builder.environment().put("CLASSPATH", classPathWithoutSpring());
		return builder.start();
	}

	private Path errors() {
		return this.logs.resolve("errors");
	}

	// Nor any logging system, as an application without Spring may have it
	private static String classPathWithoutSpring() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.filter((entry) -> !entry.contains("spring") && !entry.contains("logback") && !entry.contains("-slf4j"))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Process that starts a broker process and is killed before it could close it.
	 */
	public static final class Parent {

		private Parent() {
		}

		public static void main(String[] arguments) throws InterruptedException {
			BrokerProcess broker = BrokerProcess
				.start(BrokerSettings.defaults().withDataDirectory(Path.of(arguments[0])));
			System.out.println(broker.pid());
			Thread.currentThread().join();
		}

	}

}
