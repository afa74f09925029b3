package dev.millrace.codectests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Way to a server that may be shut: then connections are closed as soon as they are made,
 * or told that the server is not there.
 */
final class Gate implements AutoCloseable {

	private final ServerSocket server;

	private final int target;

	private final String answer;

	private final AtomicInteger refused = new AtomicInteger();

	private volatile boolean open;

	private Gate(ServerSocket server, int target, String answer) {
		this.server = server;
		this.target = target;
		this.answer = answer;
	}

	/**
	 * Make a gate that is shut.
	 * @param target the port behind it
	 * @param answer what it answers, or an empty text
	 * @return the gate
	 */
	static Gate to(int target, String answer) {
		try {
			Gate gate = new Gate(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), target, answer);
			start(gate::accept);
			return gate;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.server.getLocalPort();
	}

	int refused() {
		return this.refused.get();
	}

	void open() {
		this.open = true;
	}

	@Override
	public void close() {
		try {
			this.server.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void accept() throws IOException {
		while (!this.server.isClosed()) {
			Socket client = this.server.accept();
			if (this.open) {
				Socket upstream = new Socket(InetAddress.getByName("127.0.0.1"), this.target);
				start(() -> client.getInputStream().transferTo(upstream.getOutputStream()));
				start(() -> upstream.getInputStream().transferTo(client.getOutputStream()));
			}
			else {
				if (!this.answer.isEmpty()) {
					client.getInputStream().read(new byte[8192]);
					client.getOutputStream().write(this.answer.getBytes(StandardCharsets.US_ASCII));
				}
				client.close();
				this.refused.incrementAndGet();
			}
		}
	}

	private static void start(Transfer transfer) {
		Thread thread = new Thread(() -> {
			try {
				transfer.run();
			}
			catch (IOException ex) {
				// One side has closed the connection.
			}
		});
		thread.setDaemon(true);
		thread.start();
	}

	private interface Transfer {

		void run() throws IOException;

	}

}
