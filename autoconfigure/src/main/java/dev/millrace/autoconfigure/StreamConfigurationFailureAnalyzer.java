package dev.millrace.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;

import dev.millrace.StreamConfigurationException;

/**
 * Reports what is wrong with a declaration and what to do about it.
 */
class StreamConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<StreamConfigurationException>
		implements Ordered {

	// Before those that look at the causes, which say less.
	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, StreamConfigurationException cause) {
		return new FailureAnalysis(cause.description(), cause.action(), cause);
	}

}
