package dev.millrace.autoconfigure;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.Environment;
import org.springframework.core.io.ResourceLoader;
import org.springframework.util.function.SingletonSupplier;

import dev.millrace.PublisherInterceptor;
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
	RecordScopes millraceRecordScopes(BodyWriter writer, PublishedTopics topics,
			ObjectProvider<PublisherInterceptor> interceptors) {
		// Not looked for at once, because they may publish something themselves.
		SingletonSupplier<List<PublisherInterceptor>> forAll = SingletonSupplier
			.of(() -> interceptors.orderedStream().toList());
		return new RecordScopes(new OutgoingRecords(writer), topics, forAll::obtain);
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
