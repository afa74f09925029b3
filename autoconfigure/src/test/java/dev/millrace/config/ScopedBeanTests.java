package dev.millrace.config;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.context.support.SimpleThreadScope;
import org.springframework.stereotype.Component;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamAdvice;
import dev.millrace.annotation.StreamExceptionHandler;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.MillraceAutoConfiguration;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Tests for handlers that are in a scope other than singleton and prototype.
 */
class ScopedBeanTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, MillraceAutoConfiguration.class))
		.withPropertyValues("spring.application.name=app", "spring.kafka.listener.auto-startup=false",
				"millrace.topics.missing=ignore")
		.withInitializer((context) -> ((DefaultListableBeanFactory) context.getBeanFactory()).registerScope("thread",
				new SimpleThreadScope()));

	@Test
	void proxyOfAScopedBeanIsTheSubscriberAndNoInstanceOfItIs() {
		this.runner.withUserConfiguration(OfClass.class, OfInterface.class, OfPrototype.class).run((context) -> {
			assertThat(ids(context.getBean(EndpointRegistry.class))).containsExactlyInAnyOrder("class-handle",
					"interface-handle", "prototype-handle");

			assertThat(context.getBean("scopedTarget.class")).isInstanceOf(OfClass.class);
			assertThat(context.getBean("scopedTarget.prototype")).isInstanceOf(OfPrototype.class);

			assertThat(context.getBean(EndpointRegistry.class).all()).hasSize(3).allSatisfy((endpoint) -> {
				HandlerMethod method = endpoint.handlers().get(0).method();
				assertThat(method.bean()).isSameAs(context.getBean(method.beanName()));
			});
		});
	}

	@Test
	void adviceWithAScopedProxyIsAskedOnceAndThroughIt() {
		this.runner.withUserConfiguration(Plain.class, Advice.class).run((context) -> {
			HandlerEndpoint handler = context.getBean(EndpointRegistry.class).all().iterator().next().handlers().get(0);
			assertThat(handler.exceptionHandlers()).singleElement()
				.satisfies((methods) -> assertThat(methods).singleElement()
					.satisfies((endpoint) -> assertThat(endpoint.method().bean()).isSameAs(context.getBean("advice"))));
		});
	}

	@Test
	void adviceWithAProxyOfItsInterfaceIsAskedThroughIt() {
		this.runner.withUserConfiguration(Plain.class, Implementing.class).run((context) -> {
			HandlerEndpoint handler = context.getBean(EndpointRegistry.class).all().iterator().next().handlers().get(0);
			assertThat(handler.exceptionHandlers()).singleElement()
				.satisfies((methods) -> assertThat(methods).singleElement()
					.satisfies((endpoint) -> assertThat(endpoint.method().bean())
						.isSameAs(context.getBean("implementing"))));
		});
	}

	@Test
	void scopedBeanWithoutAProxyIsRefused() {
		this.runner.withUserConfiguration(WithoutProxy.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThatException().isThrownBy(() -> context.getBean("bare"))
				.havingRootCause()
				.isInstanceOfSatisfying(StreamConfigurationException.class, (ex) -> {
					assertThat(ex.description())
						.isEqualTo("WithoutProxy.handle(String) of bean 'bare' handles records, "
								+ "but that bean has the scope 'thread': each of its instances would be a subscriber.");
					assertThat(ex.action()).isEqualTo("Give it a proxy that calls the scope's instance, "
							+ "@Scope(value = \"thread\", proxyMode = ScopedProxyMode.TARGET_CLASS), or leave out the scope.");
				});
			assertThat(context.getBean(EndpointRegistry.class).all()).isEmpty();
		});
	}

	private static List<String> ids(EndpointRegistry registry) {
		return registry.all().stream().map(SubscriberEndpoint::id).toList();
	}

	interface Contract {

		@StreamSubscriber("in")
		void handle(String body);

	}

	@Component("class")
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class OfClass {

		@StreamSubscriber("in")
		void handle(String body) {
		}

	}

	@Component("interface")
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.INTERFACES)
	static class OfInterface implements Contract {

		@Override
		public void handle(String body) {
		}

	}

	@Component("prototype")
	@Scope(scopeName = "prototype", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class OfPrototype {

		@StreamSubscriber("in")
		void handle(String body) {
		}

	}

	@Component("bare")
	@Scope("thread")
	static class WithoutProxy {

		@StreamSubscriber("in")
		void handle(String body) {
		}

	}

	@Component
	static class Plain {

		@StreamSubscriber("in")
		void handle(String body) {
		}

	}

	@StreamAdvice
	@Component("advice")
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class Advice {

		@StreamExceptionHandler
		void failed(IllegalStateException ex) {
		}

	}

	interface Advising {

		void failed(IllegalStateException ex);

	}

	@StreamAdvice
	@Component("implementing")
	@Scope(scopeName = "thread", proxyMode = ScopedProxyMode.INTERFACES)
	static class Implementing implements Advising {

		@Override
		@StreamExceptionHandler
		public void failed(IllegalStateException ex) {
		}

	}

}
