package dev.millrace.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

import dev.millrace.StreamConfigurationException;

/**
 * Reports what is wrong with a declaration and what to do about it.
 */
class StreamConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<StreamConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StreamConfigurationException cause) {
		return new FailureAnalysis(cause.description(), cause.action(), cause);
	}

}
