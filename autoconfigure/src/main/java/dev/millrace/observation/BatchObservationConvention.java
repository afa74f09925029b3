package dev.millrace.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names of the observations of the handling of batches. A bean of this type replaces
 * {@link DefaultBatchObservationConvention}.
 */
public interface BatchObservationConvention extends ObservationConvention<BatchContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof BatchContext;
	}

}
