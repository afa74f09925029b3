package dev.millrace.broker.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.BeanCreationException;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.BrokerStartException;
import dev.millrace.broker.EmbeddedBroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class BrokerStartFailureAnalyzerTests {

	@TempDir
	private Path directory;

	@Test
	void explainsAPortInUse() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			FailureAnalysis analysis = analyze(BrokerSettings.defaults().withPort(socket.getLocalPort()));

			assertThat(analysis.getDescription()).contains("Port " + socket.getLocalPort());
			assertThat(analysis.getAction()).contains("millrace.embedded-broker.port");
		}
	}

	@Test
	void explainsADirectoryInUse() throws IOException {
		try (FileChannel file = FileChannel.open(this.directory.resolve(".millrace.lock"), StandardOpenOption.CREATE,
				StandardOpenOption.WRITE)) {
			file.lock();

			FailureAnalysis analysis = analyze(BrokerSettings.defaults().withDataDirectory(this.directory));

			assertThat(analysis.getDescription()).contains(this.directory.toString(), "in use by another broker");
			assertThat(analysis.getAction()).contains("Stop the other application");
		}
	}

	@Test
	void explainsADirectoryThatIsNotWritable() throws IOException {
		Path file = Files.createFile(this.directory.resolve("file"));

		FailureAnalysis analysis = analyze(BrokerSettings.defaults().withDataDirectory(file));

		assertThat(analysis.getDescription()).contains(file.toString());
		assertThat(analysis.getAction()).contains("Make the directory writable");
	}

	@Test
	void explainsAnInvalidBrokerProperty() {
		FailureAnalysis analysis = analyze(BrokerSettings.defaults().withProperty("num.io.threads", "many"));

		assertThat(analysis.getDescription()).contains("num.io.threads", "many");
		assertThat(analysis.getAction()).contains("millrace.embedded-broker.properties.*");
	}

	private FailureAnalysis analyze(BrokerSettings settings) {
		BrokerStartException failure = catchThrowableOfType(BrokerStartException.class,
				() -> EmbeddedBroker.start(settings));
		FailureAnalysis analysis = new BrokerStartFailureAnalyzer()
			.analyze(new BeanCreationException("embeddedBroker", "failed", failure));
		assertThat(analysis).isNotNull();
		return analysis;
	}

}
