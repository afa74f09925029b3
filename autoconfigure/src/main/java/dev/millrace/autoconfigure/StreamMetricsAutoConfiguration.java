package dev.millrace.autoconfigure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.millrace.RequestMonitor;
import dev.millrace.actuate.GroupLagSampler;
import dev.millrace.actuate.SharedAdmin;
import dev.millrace.actuate.StreamMetrics;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Auto-configuration of the meters, in an application that has a registry for them.
 */
@AutoConfiguration(after = MillraceAutoConfiguration.class, afterName = {
		"org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
		"org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration" })
@ConditionalOnClass(MeterBinder.class)
@ConditionalOnBean({ SubscriberRuntimes.class, MeterRegistry.class })
public final class StreamMetricsAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	GroupLagSampler millraceGroupLagSampler(SubscriberRuntimes subscribers, SharedAdmin admin,
			MillraceProperties properties) {
		return new GroupLagSampler(subscribers, admin, properties.getMetrics().getLagInterval(),
				properties.getMetrics().getLagTimeout());
	}

	@Bean
	@ConditionalOnMissingBean
	StreamMetrics millraceMetrics(SubscriberRuntimes subscribers, RequestMonitor requests, GroupLagSampler lags) {
		return new StreamMetrics(subscribers, requests, lags);
	}

}
