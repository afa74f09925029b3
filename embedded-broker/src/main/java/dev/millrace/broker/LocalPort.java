package dev.millrace.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * Ports of the loopback interface.
 */
final class LocalPort {

	private static final int CONNECT_TIMEOUT_MILLIS = 500;

	private LocalPort() {
	}

	static int free() {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(loopback(0));
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException("No free port on the loopback interface", ex);
		}
	}

	/**
	 * Whether a broker could not serve on the port. Binding alone does not tell: some
	 * systems let a loopback socket share a port with a wildcard one.
	 * @param port the port
	 * @return whether the port is taken
	 */
	static boolean isTaken(int port) {
		return isServed(port) || !isBindable(port);
	}

	private static boolean isServed(int port) {
		try (Socket socket = new Socket()) {
			socket.connect(loopback(port), CONNECT_TIMEOUT_MILLIS);
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static boolean isBindable(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			// As Kafka does; else connections of a broker just closed would block the
			// port
			socket.setReuseAddress(true);
			socket.bind(loopback(port));
			return true;
		}
		catch (IOException ex) {
			return false;
		}
	}

	private static InetSocketAddress loopback(int port) {
		return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
	}

}
