package dev.millrace.observation;

import java.util.List;

import io.micrometer.observation.Observation;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RunContext;

/**
 * Lets an observation last until all that follows the call of the handler on its thread
 * is done: the result is published, or the failure is logged and decided about. Only a
 * handler that is called outside of a run is observed alone.
 */
final class ObservedRuns implements RunContext {

	private final ThreadLocal<ObservedRun> current = new ThreadLocal<>();

	@Override
	public Run enter(InFlightRecord record) {
		return enter();
	}

	@Override
	public Run enter(List<InFlightRecord> records) {
		return enter();
	}

	private Run enter() {
		ObservedRun outer = this.current.get();
		ObservedRun run = new ObservedRun();
		this.current.set(run);
		return () -> {
			run.close();
			if (outer != null) {
				this.current.set(outer);
			}
			else {
				this.current.remove();
			}
		};
	}

	/**
	 * Open the scope of an observation.
	 * @param observation the observation
	 * @return {@code null} when the end of the run closes it, else what closes it
	 */
	@Nullable ObservedRun open(Observation observation) {
		ObservedRun run = this.current.get();
		if (run != null && run.isFree()) {
			run.open(observation);
			return null;
		}
		ObservedRun alone = new ObservedRun();
		alone.open(observation);
		return alone;
	}

	/**
	 * Leave it to somebody else to stop the observation of this run.
	 * @param alone what has been opened without a run, or {@code null}
	 */
	void detach(@Nullable ObservedRun alone) {
		ObservedRun run = (alone != null) ? alone : this.current.get();
		if (run != null) {
			run.detach();
		}
	}

}
