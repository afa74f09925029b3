package dev.millrace.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class LocalPortTests {

	@ParameterizedTest
	@MethodSource
	void portIsTakenWhileASocketListens(String address) throws IOException {
		int port;
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName(address))) {
			port = socket.getLocalPort();
			assertThat(LocalPort.isTaken(port)).isTrue();
		}
		assertThat(LocalPort.isTaken(port)).isFalse();
	}

	static Stream<String> portIsTakenWhileASocketListens() {
		return Stream.of("localhost", "0.0.0.0");
	}

}
