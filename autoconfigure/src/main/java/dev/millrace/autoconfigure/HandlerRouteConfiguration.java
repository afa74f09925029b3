package dev.millrace.autoconfigure;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import dev.millrace.BatchInterceptor;
import dev.millrace.PublisherInterceptor;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.codec.BodyWriter;
import dev.millrace.config.DryRuns;
import dev.millrace.config.HandlerRouteFactory;
import dev.millrace.config.NamedBeans;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.handler.FilterFactory;
import dev.millrace.handler.HandlerMethodFactory;
import dev.millrace.handler.Interceptors;
import dev.millrace.handler.InvokerFactory;
import dev.millrace.listener.LogContext;
import dev.millrace.listener.Surroundings;
import dev.millrace.observation.StreamObservations;
import dev.millrace.publisher.PublisherInterceptors;
import dev.millrace.publisher.RecordScopes;
import dev.millrace.publisher.ReplyTopics;

/**
 * What puts handlers together with all that is around them.
 */
@Configuration(proxyBeanMethods = false)
class HandlerRouteConfiguration {

	@Bean
	@Lazy
	DryRuns millraceDryRuns(EndpointRegistry endpoints, HandlerRouteFactory routes) {
		return new DryRuns(endpoints, routes);
	}

	@Bean
	HandlerRouteFactory millraceHandlerRouteFactory(HandlerMethodFactory handlerMethods, BodyWriter writer,
			RecordScopes scopes, ReplyTopics replyTopics, StreamObservations observations,
			MillraceProperties properties, BeanFactory beanFactory, ObjectProvider<SubscriberInterceptor> ofRecords,
			ObjectProvider<BatchInterceptor> ofBatches, ObjectProvider<PublisherInterceptor> ofPublishing) {
		NamedBeans<Object> named = new NamedBeans<>(beanFactory,
				List.of(SubscriberInterceptor.class, BatchInterceptor.class, PublisherInterceptor.class),
				"An attribute 'interceptors'");
		LogContext log = new LogContext();
		Surroundings observed = new Surroundings(observations.runs(), observations.forwards());
		boolean logged = properties.getLogging().isMdc();
		InvokerFactory invokers = new InvokerFactory(handlerMethods,
				new Interceptors<>(SubscriberInterceptor.class, ofRecords.orderedStream().toList(), named),
				new Interceptors<>(BatchInterceptor.class, ofBatches.orderedStream().toList(), named),
				logged ? log.around(observations.invokers()) : observations.invokers());
		Interceptors<PublisherInterceptor> publishing = new Interceptors<>(PublisherInterceptor.class,
				Stream.concat(observations.interceptors().stream(), ofPublishing.orderedStream()).toList(), named);
		NamedBeans<PublisherInterceptor> namedByPublishers = new NamedBeans<>(beanFactory, PublisherInterceptor.class,
				"An attribute 'interceptors' of @StreamPublisher");
		return new HandlerRouteFactory(invokers,
				new FilterFactory(new NamedBeans<>(beanFactory, Predicate.class, "A @StreamFilter")), writer, scopes,
				replyTopics, (endpoint) -> new PublisherInterceptors(publishing.of(endpoint), namedByPublishers),
				(endpoint) -> logged ? observed.in(log, endpoint) : observed);
	}

}
