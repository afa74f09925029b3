package dev.millrace.broker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;

/**
 * Runs an {@link EmbeddedBroker} as a process of its own. Prints one line
 * {@code MILLRACE-BROKER-READY localhost:9092} on standard output as soon as it serves,
 * and stops cleanly on SIGTERM. A fatal fault of the broker ends the process.
 */
public final class EmbeddedBrokerMain {

	static final String READY = "MILLRACE-BROKER-READY ";

	// A node whose cluster has lost its majority would wait for minutes
	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private EmbeddedBrokerMain() {
	}

	/**
	 * Starts the broker; its threads keep the process running.
	 * @param arguments the options, see the message for an unknown one
	 */
	public static void main(String[] arguments) {
		quietLogging();
		try {
			run(BrokerArguments.parse(arguments));
		}
		catch (IllegalArgumentException ex) {
			System.err.println(ex.getMessage());
			System.err.println(BrokerArguments.USAGE);
			System.exit(2);
		}
		catch (BrokerStartException ex) {
			ex.printStackTrace();
			// Once more, because often only the last lines of a process are shown
			System.err.println(ex.getMessage());
			System.exit(1);
		}
	}

	private static void run(BrokerArguments arguments) {
		if (arguments.stopOnEndOfInput()) {
			// Also while starting: a node without its cluster would wait for long
			daemon("millrace-broker-input", EmbeddedBrokerMain::exitAtEndOfInput).start();
		}
		// Starts under the guard: a port that somebody else was faster to take would end
		// the
		// process before the broker is tried on another one, and without its real fault
		EmbeddedBroker broker = EmbeddedBroker.start(arguments.settings());
		ExitGuard.remove();
		Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(broker), "millrace-broker-stop"));
		System.out.println(READY + broker.bootstrapServers());
	}

	private static void stop(EmbeddedBroker broker) {
		daemon("millrace-broker-halt", EmbeddedBrokerMain::haltAfterTimeout).start();
		broker.close();
	}

	private static void exitAtEndOfInput() {
		try (InputStream input = System.in) {
			input.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			// Ends the process like the end of the input
		}
		System.exit(0);
	}

	private static void haltAfterTimeout() {
		try {
			Thread.sleep(STOP_TIMEOUT.toMillis());
			Runtime.getRuntime().halt(1);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static Thread daemon(String name, Runnable task) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	// Logback without a configuration writes at level DEBUG, which slows the broker down
	private static void quietLogging() {
		String property = "logback.configurationFile";
		if (System.getProperty(property) == null) {
			System.setProperty(property, "dev/millrace/broker/logback-broker.xml");
		}
	}

}
