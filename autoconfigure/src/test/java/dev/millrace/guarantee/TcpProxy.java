package dev.millrace.guarantee;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Network between clients and a broker that a test can slow down and cut. It has its port
 * before the broker has one, so that the broker can advertise it.
 */
final class TcpProxy implements AutoCloseable {

	private final ServerSocket server;

	private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();

	private final ReentrantLock lock = new ReentrantLock();

	private final Condition changed = this.lock.newCondition();

	private long latencyNanos;

	private volatile int target;

	private volatile boolean cut;

	TcpProxy() {
		try {
			this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("accept", this::accept);
	}

	int port() {
		return this.server.getLocalPort();
	}

	void forwardTo(int port) {
		this.target = port;
	}

	/**
	 * Keep all that is under way from now on, in both directions, for a while.
	 * @param latency how long
	 */
	void delay(Duration latency) {
		this.lock.lock();
		try {
			this.latencyNanos = latency.toNanos();
			this.changed.signalAll();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Cut all connections and refuse new ones until {@link #mend()}.
	 */
	void cut() {
		this.cut = true;
		this.sockets.forEach(TcpProxy::close);
	}

	void mend() {
		this.cut = false;
	}

	@Override
	public void close() {
		close(this.server);
		cut();
		delay(Duration.ZERO);
	}

	private void accept() {
		while (!this.server.isClosed()) {
			try {
				connect(this.server.accept());
			}
			catch (IOException ex) {
				// The server is closed, or the broker is not there: the client tries
				// again.
			}
		}
	}

	private void connect(Socket client) throws IOException {
		this.sockets.add(client);
		if (this.cut) {
			close(client);
			return;
		}
		try {
			Socket broker = new Socket(InetAddress.getLoopbackAddress(), this.target);
			this.sockets.add(broker);
			start("to-broker", () -> pump(client, broker));
			start("to-client", () -> pump(broker, client));
		}
		catch (IOException ex) {
			close(client);
			throw ex;
		}
	}

	private void pump(Socket from, Socket to) {
		try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
			byte[] buffer = new byte[65536];
			for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
				awaitLatency(System.nanoTime());
				out.write(buffer, 0, length);
			}
		}
		catch (IOException | InterruptedException ex) {
			// Cut, by either end or by the test.
		}
		this.sockets.remove(from);
		this.sockets.remove(to);
	}

	// What arrives meanwhile waits in the socket: later, but never out of order.
	private void awaitLatency(long arrived) throws InterruptedException {
		this.lock.lock();
		try {
			long left = arrived + this.latencyNanos - System.nanoTime();
			while (left > 0) {
				this.changed.await(left, TimeUnit.NANOSECONDS);
				left = arrived + this.latencyNanos - System.nanoTime();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private static void start(String name, Runnable task) {
		Thread thread = new Thread(task, "tcp-proxy-" + name);
		thread.setDaemon(true);
		thread.start();
	}

	private static void close(AutoCloseable closeable) {
		try {
			closeable.close();
		}
		catch (Exception ex) {
			// Closed already.
		}
	}

}
