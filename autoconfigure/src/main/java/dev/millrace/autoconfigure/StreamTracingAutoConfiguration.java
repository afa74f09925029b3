package dev.millrace.autoconfigure;

import io.micrometer.tracing.Tracer;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;

import dev.millrace.observation.BatchTracingObservationHandler;
import dev.millrace.observation.StreamObservations;

/**
 * Auto-configuration of the traces of batches.
 */
@AutoConfiguration(after = MillraceAutoConfiguration.class,
		afterName = "org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration")
@ConditionalOnClass(Tracer.class)
@ConditionalOnBean({ StreamObservations.class, Tracer.class })
public final class StreamTracingAutoConfiguration {

	// Before those of Spring Boot, which take every context.
	@Bean
	@Order(0)
	@ConditionalOnMissingBean
	BatchTracingObservationHandler millraceBatchTracingObservationHandler(Tracer tracer) {
		return new BatchTracingObservationHandler(tracer);
	}

}
