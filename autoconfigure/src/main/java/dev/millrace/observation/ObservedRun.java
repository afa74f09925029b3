package dev.millrace.observation;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

/**
 * Observation that lasts as long as something is done on a thread. For one thread.
 */
final class ObservedRun implements AutoCloseable {

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

	@Override
	public void close() {
		if (this.scope != null) {
			this.scope.close();
		}
		if (this.observation != null && !this.detached) {
			this.observation.stop();
		}
	}

}
