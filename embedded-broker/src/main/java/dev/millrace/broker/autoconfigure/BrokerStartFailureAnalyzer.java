package dev.millrace.broker.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.millrace.broker.BrokerStartException;

/**
 * Explains why the embedded broker did not start and what to do.
 */
final class BrokerStartFailureAnalyzer extends AbstractFailureAnalyzer<BrokerStartException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, BrokerStartException cause) {
		return new FailureAnalysis(cause.getMessage(), action(cause.reason()), cause);
	}

	private String action(BrokerStartException.Reason reason) {
		return switch (reason) {
			case PORT_IN_USE -> "Set 'millrace.embedded-broker.port' to a free port, or to 0.";
			case DIRECTORY_IN_USE -> "Stop the other application that uses the directory, or set "
					+ "'millrace.embedded-broker.data-directory' to another one.";
			case DIRECTORY_NOT_WRITABLE ->
				"Make the directory writable, or set 'millrace.embedded-broker.data-directory' to another one.";
			case BROKER_FAILED ->
				"Check 'millrace.embedded-broker.properties.*'. If the data is damaged or was written "
						+ "by another broker, delete the directory or set "
						+ "'millrace.embedded-broker.data-directory' to another one. To use a broker that runs "
						+ "elsewhere, set 'spring.kafka.bootstrap-servers'.";
		};
	}

}
