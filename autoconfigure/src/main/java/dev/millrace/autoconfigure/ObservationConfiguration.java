package dev.millrace.autoconfigure;

import io.micrometer.observation.ObservationRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.observation.BatchObservationConvention;
import dev.millrace.observation.ObservationConventions;
import dev.millrace.observation.ProcessObservationConvention;
import dev.millrace.observation.PublishObservationConvention;
import dev.millrace.observation.StreamObservations;

/**
 * Observations, in an application that has a registry for them.
 */
@Configuration(proxyBeanMethods = false)
class ObservationConfiguration {

	@Bean
	StreamObservations millraceObservations(MillraceProperties properties, ObjectProvider<ObservationRegistry> registry,
			ObjectProvider<ProcessObservationConvention> process, ObjectProvider<BatchObservationConvention> batch,
			ObjectProvider<PublishObservationConvention> publish) {
		ObservationRegistry used = properties.getObservation().isEnabled()
				? registry.getIfUnique(() -> ObservationRegistry.NOOP) : ObservationRegistry.NOOP;
		return new StreamObservations(used,
				new ObservationConventions(process.getIfUnique(), batch.getIfUnique(), publish.getIfUnique()));
	}

}
