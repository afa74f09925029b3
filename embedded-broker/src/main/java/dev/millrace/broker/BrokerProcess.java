package dev.millrace.broker;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Real Kafka broker in a process of its own, which can be killed like a machine that
 * fails. For tests and benchmarks.
 *
 * The process runs {@link EmbeddedBrokerMain} with the class path of this JVM, which must
 * therefore not be an executable jar, and ends when this JVM ends, however that happens.
 * Port and data directory stay the same over restarts. Thread-safe.
 */
public final class BrokerProcess implements AutoCloseable {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(120);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

	private final boolean temporary;

	private BrokerSettings settings;

	private Process process;

	private ProcessOutput output;

	private BrokerProcess(BrokerSettings settings, boolean temporary) {
		this.settings = settings;
		this.temporary = temporary;
		this.process = launch(settings);
		this.output = follow(this.process);
	}

	/**
	 * Starts a broker and waits until it serves, 2 minutes at most. A temporary data
	 * directory lives until {@link #close()}.
	 * @param settings the settings
	 * @return the running broker
	 * @throws BrokerStartException if the broker does not start; the message ends with
	 * the last lines of its output
	 */
	public static BrokerProcess start(BrokerSettings settings) {
		BrokerProcess broker = launched(settings);
		try {
			broker.awaitReady();
			return broker;
		}
		catch (RuntimeException ex) {
			broker.close();
			throw ex;
		}
	}

	/**
	 * Starts the process without waiting for the broker, for the nodes of a cluster that
	 * wait for each other.
	 * @param settings the settings
	 * @return the process
	 */
	static BrokerProcess launched(BrokerSettings settings) {
		boolean temporary = (settings.dataDirectory() == null);
		return new BrokerProcess(temporary ? settings.withDataDirectory(DataDirectory.createTemporary()) : settings,
				temporary);
	}

	/**
	 * Address for {@code bootstrap.servers} of clients, also while the process is down.
	 * @return the host and port, for example {@code localhost:9092}
	 */
	public String bootstrapServers() {
		return BrokerConfiguration.HOST + ":" + port();
	}

	/**
	 * Port for clients, also while the process is down.
	 * @return the port, never 0
	 */
	public synchronized int port() {
		return this.settings.port();
	}

	/**
	 * Id of the process, another one after each restart.
	 * @return the process id
	 */
	public synchronized long pid() {
		return this.process.pid();
	}

	/**
	 * Whether the process runs.
	 * @return whether the process runs
	 */
	public synchronized boolean isAlive() {
		return this.process.isAlive();
	}

	/**
	 * Ends the process at once, without any chance to clean up ({@code kill -9}), and
	 * waits until it is gone.
	 */
	public synchronized void kill() {
		this.process.destroyForcibly();
		if (!awaitExit()) {
			throw new IllegalStateException("Process %d does not end".formatted(this.process.pid()));
		}
	}

	/**
	 * Stops the broker cleanly and waits for it, 30 seconds at most.
	 * @throws IllegalStateException if the broker had to be killed
	 */
	public synchronized void stop() {
		try {
			this.process.getOutputStream().close();
		}
		catch (IOException ex) {
			// Gone already
		}
		if (!awaitExit()) {
			kill();
			throw new IllegalStateException("The broker did not stop within %s and was killed; its last output:%n%s"
				.formatted(STOP_TIMEOUT, this.output.lastLines()));
		}
	}

	/**
	 * Starts the broker again on the same port and data directory and waits until it
	 * serves, after a clean stop if it still runs.
	 * @throws BrokerStartException if the broker does not start
	 */
	public synchronized void restart() {
		stop();
		this.process = launch(this.settings);
		this.output = follow(this.process);
		awaitReady();
	}

	/**
	 * Ends the process: cleanly if the data directory stays, at once if it is a temporary
	 * one, which is deleted.
	 */
	@Override
	public synchronized void close() {
		if (!this.temporary) {
			stop();
			return;
		}
		kill();
		Path directory = this.settings.dataDirectory();
		try {
			if (directory != null) {
				TemporaryDirectory.delete(directory);
			}
		}
		catch (IOException ex) {
			throw new IllegalStateException("Could not delete '%s'".formatted(directory), ex);
		}
	}

	synchronized void awaitReady() {
		try {
			String address = this.output.address().get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
			int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
			this.settings = this.settings.withPort(port);
		}
		catch (ExecutionException ex) {
			throw notReady("ended before it served");
		}
		catch (TimeoutException ex) {
			kill();
			throw notReady("did not serve within " + START_TIMEOUT);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			kill();
			throw notReady("was interrupted while starting");
		}
	}

	private BrokerStartException notReady(String failure) {
		return new BrokerStartException(BrokerStartException.Reason.BROKER_FAILED,
				"The broker process %d %s; its last output:%n%s".formatted(this.process.pid(), failure,
						this.output.lastLines()),
				null);
	}

	private boolean awaitExit() {
		try {
			return this.process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	private static Process launch(BrokerSettings settings) {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.add("-Xmx512m");
		command.add(EmbeddedBrokerMain.class.getName());
		command.addAll(new BrokerArguments(settings, true).toCommandLine());
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
		// Not an argument: a long class path would exceed the limit of some systems
		builder.environment().put("CLASSPATH", absolute(System.getProperty("java.class.path")));
		try {
			return builder.start();
		}
		catch (IOException ex) {
			throw new BrokerStartException(BrokerStartException.Reason.BROKER_FAILED, "Could not start a Java process",
					ex);
		}
	}

	private static String absolute(String classPath) {
		List<String> entries = new ArrayList<>();
		for (String entry : classPath.split(File.pathSeparator)) {
			entries.add(new File(entry).getAbsolutePath());
		}
		return String.join(File.pathSeparator, entries);
	}

	private static ProcessOutput follow(Process process) {
		return ProcessOutput.follow(process.getInputStream(), "millrace-broker-output-" + process.pid());
	}

}
