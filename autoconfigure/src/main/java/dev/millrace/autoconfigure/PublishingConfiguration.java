package dev.millrace.autoconfigure;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;

import dev.millrace.StreamOperations;
import dev.millrace.codec.BodyWriter;
import dev.millrace.config.PublisherInterfaces;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.publisher.OutgoingRecords;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.TemplateSender;

/**
 * What applications publish by.
 */
@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

	@Bean
	PublishedTopics millracePublishedTopics() {
		return new PublishedTopics();
	}

	@Bean
	RecordScopes millraceRecordScopes(BodyWriter writer, PublishedTopics topics) {
		return new RecordScopes(new OutgoingRecords(writer), topics);
	}

	@Bean
	static PublisherInterfaceRegistrar millracePublisherInterfaceRegistrar(Environment environment,
			ResourceLoader resourceLoader) {
		return new PublisherInterfaceRegistrar(environment, resourceLoader);
	}

	@Bean
	PublisherInterfaces millracePublisherInterfaces(ConfigurableBeanFactory beanFactory, RecordScopes scopes,
			StreamClients clients) {
		return new PublisherInterfaces(beanFactory, scopes, new TemplateSender(clients.operations()));
	}

	// Lazy, so that applications that don't use it don't pay for it with every record.
	@Bean
	@Lazy
	StreamOperations millraceStreamOperations(RecordScopes scopes, StreamClients clients) {
		return scopes.operations(new TemplateSender(clients.operations()));
	}

}
