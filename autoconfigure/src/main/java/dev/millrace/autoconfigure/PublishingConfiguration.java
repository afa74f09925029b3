package dev.millrace.autoconfigure;

import java.util.List;
import java.util.stream.Stream;

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
import dev.millrace.config.TopicDirectory;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.handler.HandlerMethodFactory;
import dev.millrace.observation.StreamObservations;
import dev.millrace.publisher.OutgoingRecords;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.ReplyTopics;
import dev.millrace.request.RequestClients;
import dev.millrace.request.RequestSettings;
import dev.millrace.request.Requests;

/**
 * What applications publish by.
 */
@Configuration(proxyBeanMethods = false)
class PublishingConfiguration {

	private final MillraceProperties properties;

	private final Environment environment;

	PublishingConfiguration(MillraceProperties properties, Environment environment) {
		this.properties = properties;
		this.environment = environment;
	}

	@Bean
	PublishedTopics millracePublishedTopics() {
		return new PublishedTopics();
	}

	@Bean
	ReplyTopics millraceReplyTopics(TopicDirectory topics) {
		return new ReplyTopics(topics::lookUp);
	}

	@Bean
	Requests millraceRequests(StreamClients clients, TopicDirectory topics, ReplyTopics replyTopics,
			ObjectProvider<HandlerMethodFactory> handlerMethods) {
		MillraceProperties.Request request = this.properties.getRequest();
		return new Requests(
				new RequestSettings(request.getReplyTopic(), this.environment.getProperty("spring.application.name"),
						request.getTimeout()),
				new RequestClients(clients.sender(), (topic) -> topics.require(topic, RequestClients.REPLY_TOPIC),
						clients::replyConsumer, () -> handlerMethods.getObject().deliveries()),
				replyTopics);
	}

	@Bean
	RecordScopes millraceRecordScopes(BodyWriter writer, PublishedTopics topics,
			ObjectProvider<PublisherInterceptor> interceptors, Requests requests, StreamObservations observations) {
		// Not looked for at once, because they may publish something themselves.
		SingletonSupplier<List<PublisherInterceptor>> forAll = SingletonSupplier
			.of(() -> Stream.concat(observations.interceptors().stream(), interceptors.orderedStream()).toList());
		return new RecordScopes(new OutgoingRecords(writer), topics, forAll::obtain, requests);
	}

	@Bean
	static PublisherInterfaceRegistrar millracePublisherInterfaceRegistrar(Environment environment,
			ResourceLoader resourceLoader) {
		return new PublisherInterfaceRegistrar(environment, resourceLoader);
	}

	@Bean
	PublisherInterfaces millracePublisherInterfaces(ConfigurableBeanFactory beanFactory, RecordScopes scopes,
			StreamClients clients) {
		return new PublisherInterfaces(beanFactory, scopes, clients.sender());
	}

	// Lazy, so that applications that don't use it don't pay for it with every record.
	@Bean
	@Lazy
	StreamOperations millraceStreamOperations(RecordScopes scopes, StreamClients clients) {
		return scopes.operations(clients.sender());
	}

}
