package dev.millrace.autoconfigure;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;

import dev.millrace.PublisherInterceptor;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.config.PublisherInterfaces;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interceptors that are named and are not there, or are something else.
 */
class InterceptorFailureTests {

	private static final String KINDS = "SubscriberInterceptor or BatchInterceptor or PublisherInterceptor";

	@ParameterizedTest
	@MethodSource("applications")
	void nameIsRefused(Class<?> application, String description, String action) {
		FailureAnalysis report = StartupFailure.of(application);

		assertThat(report.getDescription()).isEqualTo(description);
		assertThat(report.getAction()).isEqualTo(action);
	}

	static Stream<Arguments> applications() {
		return Stream.of(
				Arguments.of(OfSubscriber.class,
						"An attribute 'interceptors' names the bean 'audit', but there is none.",
						"Declare a bean 'audit' of type " + KINDS + ", or correct the name."),
				Arguments.of(OfRouter.class,
						"An attribute 'interceptors' names the bean 'audit', but that is no "
								+ "dev.millrace.SubscriberInterceptor or dev.millrace.BatchInterceptor or "
								+ "dev.millrace.PublisherInterceptor.",
						"Declare a bean 'audit' of type " + KINDS + ", or correct the name."),
				Arguments.of(OfPublisher.class,
						"An attribute 'interceptors' of @StreamPublisher names the bean 'audit', but that is no "
								+ "dev.millrace.PublisherInterceptor.",
						"Declare a bean 'audit' of type PublisherInterceptor, or correct the name."));
	}

	@Test
	void nameIsRefusedOnAnInterface() {
		FailureAnalysis report = StartupFailure.of(OfInterface.class);

		assertThat(report.getDescription())
			.isEqualTo(Sending.class.getName() + ".send names the bean 'audit', but there is none.");
		assertThat(report.getAction())
			.isEqualTo("Declare a bean 'audit' of type PublisherInterceptor, or correct the name.");
	}

	static class OfSubscriber {

		@StreamSubscriber(topics = "in", id = "id", interceptors = "audit")
		void handle(String body) {
		}

	}

	@StreamRouter(interceptors = "audit")
	static class OfRouter {

		@Bean
		String audit() {
			return "";
		}

		@StreamSubscriber(topics = "in", id = "id")
		void handle(String body) {
		}

	}

	static class OfPublisher {

		@Bean(defaultCandidate = false)
		SubscriberInterceptor audit() {
			return (record, handling) -> handling.proceed();
		}

		@StreamSubscriber(topics = "in", id = "id")
		@StreamPublisher(topic = "out", interceptors = "audit")
		String handle(String body) {
			return body;
		}

	}

	static class OfInterface {

		@Bean
		PublisherInterfaceFactoryBean<Sending> sending(PublisherInterfaces interfaces) {
			return new PublisherInterfaceFactoryBean<>(Sending.class, interfaces);
		}

		@Bean
		PublisherInterceptor other() {
			return (record, publishing) -> publishing.proceed(record);
		}

	}

	interface Sending {

		@StreamPublisher(topic = "out", interceptors = "audit")
		void send(String body);

	}

}
