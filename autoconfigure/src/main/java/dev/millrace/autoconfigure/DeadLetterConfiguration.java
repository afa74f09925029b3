package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.Objects;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;

import dev.millrace.StreamSubscribers;
import dev.millrace.config.EngineTime;
import dev.millrace.config.TopicDirectory;
import dev.millrace.deadletter.DeadLetters;
import dev.millrace.deadletter.DefaultDeadLetters;
import dev.millrace.deadletter.RecordScan;
import dev.millrace.deadletter.TopicLookup;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.listener.SubscriberRuntimes;

/**
 * What is done with dead letters after they were written.
 */
@Configuration(proxyBeanMethods = false)
class DeadLetterConfiguration {

	private static final String LOG = "-replays";

	@Bean
	@Lazy
	DeadLetters millraceDeadLetters(EndpointRegistry endpoints, TopicDirectory topics, StreamClients clients,
			EngineTime time, SubscriberRuntimes runtimes, StreamSubscribers subscribers, MillraceProperties properties,
			Environment environment) {
		String application = environment.getProperty("spring.application.name", "millrace");
		String log = Objects.requireNonNullElse(properties.getDeadLetters().getLog(), application + LOG);
		RecordScan scan = new RecordScan(clients::scanningConsumer, clients.consumerTimeout(),
				clients.transactionalProducers().timeout());
		// A replay waits for the records that it has begun; then it does not take long.
		Duration closeTimeout = properties.getShutdown().getTimeout().plusSeconds(10);
		return new DefaultDeadLetters(endpoints, topics, new TopicLookup(topics::describe), scan, log,
				clients.transactionalProducers()::createForReplay, runtimes, (id) -> subscribers.get(id).isRunning(),
				time, closeTimeout);
	}

}
