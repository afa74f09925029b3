package dev.millrace.autoconfigure;

import java.time.Duration;

import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;

import dev.millrace.StreamSubscribers;
import dev.millrace.actuate.DeadLettersEndpoint;
import dev.millrace.actuate.PartitionStates;
import dev.millrace.actuate.SharedAdmin;
import dev.millrace.actuate.StreamsEndpoint;
import dev.millrace.actuate.SubscriberActions;
import dev.millrace.actuate.SubscriberDescriptions;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * Auto-configuration of the actuator endpoints {@code streams} and {@code deadletters}.
 */
@AutoConfiguration(after = MillraceAutoConfiguration.class)
@ConditionalOnClass(ConditionalOnAvailableEndpoint.class)
@ConditionalOnBean(SubscriberRuntimes.class)
public final class StreamEndpointsAutoConfiguration {

	@Bean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnMissingBean
	StreamsEndpoint streamsEndpoint(SubscriberRuntimes runtimes, StreamSubscribers subscribers,
			PublishedTopics published, SharedAdmin admin, MillraceProperties properties) {
		// What is changed waits for running records; then it does not take long.
		Duration timeout = properties.getShutdown().getTimeout().plusSeconds(10);
		PartitionStates partitions = new PartitionStates(admin, properties.getMetrics().getLagTimeout());
		return new StreamsEndpoint(new SubscriberDescriptions(runtimes, subscribers, published, partitions),
				new SubscriberActions(subscribers, timeout));
	}

	@Bean
	@ConditionalOnAvailableEndpoint
	@ConditionalOnMissingBean
	DeadLettersEndpoint deadLettersEndpoint(DeadLetters letters) {
		return new DeadLettersEndpoint(letters);
	}

}
