package dev.millrace.autoconfigure;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.context.annotation.Bean;

import dev.millrace.annotation.StreamSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is reported when a proxy hides an annotated method.
 */
class UnreachableMethodTests {

	@Test
	void methodThatTheInterfacesOfAProxyDoNotHave() {
		FailureAnalysis report = StartupFailure.of(InterfaceProxy.class);

		assertThat(report.getDescription())
			.isEqualTo("Hidden.handle(String) of bean 'hidden' can't be called through the bean's proxy.");
		assertThat(report.getAction()).isEqualTo("Declare it in an interface of the bean, or let the proxy extend the "
				+ "class (proxyTargetClass = true).");
	}

	@Test
	void privateMethodOfAProxiedClass() {
		FailureAnalysis report = StartupFailure.of(PrivateMethod.class);

		assertThat(report.getDescription())
			.isEqualTo("Private.handle(String) of bean 'hidden' can't be called through the bean's proxy.");
		assertThat(report.getAction()).isEqualTo("Don't make it private.");
	}

	@Test
	void finalMethodOfAProxiedClass() {
		FailureAnalysis report = StartupFailure.of(FinalMethod.class);

		assertThat(report.getDescription())
			.isEqualTo("Final.handle(String) of bean 'hidden' is final, so that the bean's proxy can't pass its calls "
					+ "on.");
		assertThat(report.getAction()).isEqualTo("Remove the modifier final.");
	}

	private static Object proxy(Object target) {
		ProxyFactory factory = new ProxyFactory(target);
		factory.addAdvice((MethodInterceptor) (invocation) -> invocation.proceed());
		return factory.getProxy();
	}

	static class InterfaceProxy {

		@Bean
		Runnable hidden() {
			return (Runnable) proxy(new Hidden());
		}

	}

	static class PrivateMethod {

		@Bean
		Object hidden() {
			return proxy(new Private());
		}

	}

	static class FinalMethod {

		@Bean
		Object hidden() {
			return proxy(new Final());
		}

	}

	static class Hidden implements Runnable {

		@Override
		public void run() {
		}

		@StreamSubscriber("in")
		void handle(String body) {
		}

	}

	static class Private {

		@StreamSubscriber("in")
		private void handle(String body) {
		}

	}

	static class Final {

		@StreamSubscriber("in")
		final void handle(String body) {
		}

	}

}
