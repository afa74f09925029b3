package dev.millrace.broker;

import org.apache.kafka.common.utils.Exit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the JVM alive when Kafka gives up. A broker ends its process on a fatal fault,
 * for instance a full disk; inside an application this must stay a fault of the broker.
 *
 * An application never takes the guard back: Kafka has no way to read the former
 * procedure, a reset would arm the halt again for threads of a broker that is still
 * stopping and for brokers that others run in this JVM, and Kafka's clients do not exit.
 * A process that has nothing but one broker does, see {@link EmbeddedBrokerMain}.
 */
final class ExitGuard {

	private static final Logger logger = LoggerFactory.getLogger(EmbeddedBroker.class);

	private ExitGuard() {
	}

	static void install() {
		Exit.setExitProcedure(ExitGuard::report);
		Exit.setHaltProcedure(ExitGuard::report);
	}

	static void remove() {
		// Kafka's own reset is for tests: it throws at whoever wants to exit
		Exit.setExitProcedure((status, message) -> System.exit(status));
		Exit.setHaltProcedure((status, message) -> Runtime.getRuntime().halt(status));
	}

	// Returns instead of throwing, so that the caller goes on to report its real fault
	private static void report(int status, @Nullable String message) {
		logger.error(
				"The embedded Kafka broker failed and is of no use until it is restarted; "
						+ "it asked to end this process with status {}, which was refused",
				status, new IllegalStateException((message != null) ? message : "Fatal fault in the broker"));
	}

}
