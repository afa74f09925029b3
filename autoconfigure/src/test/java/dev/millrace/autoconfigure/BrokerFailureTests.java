package dev.millrace.autoconfigure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.millrace.annotation.StreamSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is reported when there is no broker, and how soon.
 */
@Timeout(20)
class BrokerFailureTests {

	@Test
	void brokerThatCantBeReachedWithinTheBound() throws IOException {
		int unused;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			unused = socket.getLocalPort();
		}

		assertUnreachable("127.0.0.1:" + unused);
	}

	@Test
	void brokerThatAcceptsConnectionsAndNeverAnswers() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			assertUnreachable("127.0.0.1:" + socket.getLocalPort());
		}
	}

	@Test
	void brokerWhoseAddressIsNotLegal() {
		FailureAnalysis report = StartupFailure.of(Handler.class, "spring.kafka.bootstrap-servers=nowhere");

		assertThat(report.getDescription())
			.isEqualTo("No Kafka client could be created: Invalid url in bootstrap.servers: nowhere.");
		assertThat(report.getAction()).isEqualTo("Correct what it names among the settings spring.kafka.*.");
	}

	private static void assertUnreachable(String address) {
		FailureAnalysis report = StartupFailure.of(Handler.class, "spring.kafka.bootstrap-servers=" + address,
				"millrace.topics.timeout=1s");

		assertThat(report.getDescription()).isEqualTo("No Kafka broker answered at [" + address + "] within 1000 ms.");
		assertThat(report.getAction()).contains("spring.kafka.bootstrap-servers",
				"dev.millrace:millrace-embedded-broker", "millrace.topics.missing=ignore");
	}

	static class Handler {

		@StreamSubscriber("in")
		void handle(String body) {
		}

	}

}
