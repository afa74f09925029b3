package dev.millrace.observation;

import org.jspecify.annotations.Nullable;

/**
 * Conventions of an application.
 *
 * @param process for records that are handled one by one, or {@code null} for the default
 * @param batch for batches, or {@code null} for the default
 * @param publish for what is published, or {@code null} for the default
 */
public record ObservationConventions(@Nullable ProcessObservationConvention process,
		@Nullable BatchObservationConvention batch, @Nullable PublishObservationConvention publish) {

	static final ProcessObservationConvention DEFAULT_PROCESS = new DefaultProcessObservationConvention();

	static final BatchObservationConvention DEFAULT_BATCH = new DefaultBatchObservationConvention();

	static final PublishObservationConvention DEFAULT_PUBLISH = new DefaultPublishObservationConvention();

}
