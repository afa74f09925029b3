package dev.millrace.console.autoconfigure;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.StreamSubscribers;
import dev.millrace.actuate.PartitionStates;
import dev.millrace.actuate.SharedAdmin;
import dev.millrace.actuate.SubscriberActions;
import dev.millrace.actuate.SubscriberDescriptions;
import dev.millrace.autoconfigure.MillraceProperties;
import dev.millrace.console.flow.FlowPage;
import dev.millrace.console.subscriber.SubscriberPage;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * The pages about subscribers.
 */
@Configuration(proxyBeanMethods = false)
class SubscriberPagesConfiguration {

	@Bean
	FlowPage millraceFlowPage(SubscriberRuntimes runtimes, StreamSubscribers subscribers, PublishedTopics published,
			KafkaListenerEndpointRegistry containers, SharedAdmin admin, MillraceProperties properties) {
		return new FlowPage(runtimes, subscribers, published, (id) -> hasFailed(containers.getListenerContainer(id)),
				admin, properties.getMetrics().getLagTimeout());
	}

	@Bean
	SubscriberPage millraceSubscriberPage(SubscriberRuntimes runtimes, StreamSubscribers subscribers,
			PublishedTopics published, SharedAdmin admin, MillraceProperties properties) {
		PartitionStates partitions = new PartitionStates(admin, properties.getMetrics().getLagTimeout());
		// What is changed waits for running records; then it does not take long.
		Duration timeout = properties.getShutdown().getTimeout().plusSeconds(10);
		return new SubscriberPage(runtimes, new SubscriberDescriptions(runtimes, subscribers, published, partitions),
				new SubscriberActions(subscribers, timeout));
	}

	private static boolean hasFailed(@Nullable MessageListenerContainer container) {
		return container != null && !container.isInExpectedState();
	}

}
