package dev.millrace.observation;

import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationConvention;

/**
 * Names of the observations of the handling of records, one by one. A bean of this type
 * replaces {@link DefaultProcessObservationConvention}.
 */
public interface ProcessObservationConvention extends ObservationConvention<ProcessContext> {

	@Override
	default boolean supportsContext(Observation.Context context) {
		return context instanceof ProcessContext;
	}

}
