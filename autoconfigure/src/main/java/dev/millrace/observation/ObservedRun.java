package dev.millrace.observation;

import io.micrometer.observation.Observation;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Observation that lasts as long as something is done on a thread. For one thread.
 */
final class ObservedRun implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ObservedRun.class);

	private @Nullable Observation observation;

	private Observation.@Nullable Scope scope;

	private boolean detached;

	boolean isFree() {
		return this.observation == null;
	}

	void open(Observation observation) {
		this.observation = observation;
		this.scope = observation.openScope();
	}

	/**
	 * Let the observation go on when the scope is closed.
	 */
	void detach() {
		this.detached = true;
	}

	// What an application's handlers of observations do wrong must not look as if the
	// record had failed.
	@Override
	public void close() {
		try {
			end();
		}
		catch (RuntimeException ex) {
			logger.warn("An observation could not be ended", ex);
		}
	}

	private void end() {
		if (this.scope != null) {
			this.scope.close();
		}
		if (this.observation != null && !this.detached) {
			this.observation.stop();
		}
	}

}
