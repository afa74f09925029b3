package dev.millrace.config;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;

import org.aopalliance.intercept.MethodInterceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.stereotype.Component;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Annotated methods of beans of every kind are called, through their proxies.
 */
@Timeout(120)
class BeanKindsIntegrationTests {

	private static final List<String> KINDS = List.of("class proxy", "interface proxy of a class",
			"interface proxy of an interface", "inherited", "Integer", "package-private", "private", "static",
			"several", "several", "one of two", "two of two");

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void everyKindOfBeanIsASubscriber() {
		String in = this.cluster.newTopic("kinds-in", 1);
		String out = this.cluster.newTopic("kinds-out", 1);
		try (TestApplication application = TestApplication.start(Beans.class, "in=" + in, "out=" + out)) {
			assertThat(ids(application)).containsExactlyInAnyOrder("cglib-handle", "declaring-handle",
					"implementing-handle", "inheriting-handle", "numbers-handle", "hidden-handle", "hidden-secret",
					"hidden-utility", "several-handle-" + in, "several-again", "two-one", "two-two");
			this.cluster.send(in, null, "5");
			await().atMost(Duration.ofSeconds(30)).until(() -> this.cluster.end(out) >= KINDS.size());
			assertThat(this.cluster.values(out)).containsExactlyInAnyOrderElementsOf(KINDS);
			assertThat(application.bean(AtomicInteger.class)).hasValue(3);
		}
	}

	private static Set<String> ids(TestApplication application) {
		return new TreeSet<>(application.bean(KafkaListenerEndpointRegistry.class).getListenerContainerIds());
	}

	/**
	 * Contract whose method is annotated in the class.
	 */
	interface Contract {

		String handle(String body);

	}

	/**
	 * Contract whose method is annotated here.
	 */
	interface AnnotatedContract {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String handle(String body);

	}

	@Import({ Inheriting.class, Numbers.class, Hidden.class, Several.class, Two.class })
	static class Beans {

		@Bean
		AtomicInteger calls() {
			return new AtomicInteger();
		}

		@Bean
		Cglib cglib(AtomicInteger calls) {
			return (Cglib) proxy(new Cglib("class proxy"), true, calls);
		}

		@Bean
		Contract declaring(AtomicInteger calls) {
			return (Contract) proxy(new Declaring(), false, calls);
		}

		@Bean
		AnnotatedContract implementing(AtomicInteger calls) {
			return (AnnotatedContract) proxy(new Implementing(), false, calls);
		}

		private static Object proxy(Object target, boolean ofClass, AtomicInteger calls) {
			ProxyFactory factory = new ProxyFactory(target);
			factory.setProxyTargetClass(ofClass);
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				if (invocation.getMethod().getName().equals("handle")) {
					calls.incrementAndGet();
				}
				return invocation.proceed();
			});
			return factory.getProxy();
		}

	}

	static class Cglib {

		private final String kind;

		Cglib() {
			this("proxy without a state");
		}

		Cglib(String kind) {
			this.kind = kind;
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String handle(String body) {
			return this.kind;
		}

	}

	static class Declaring implements Contract {

		@Override
		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		public String handle(String body) {
			return "interface proxy of a class";
		}

	}

	static class Implementing implements AnnotatedContract {

		@Override
		public String handle(String body) {
			return "interface proxy of an interface";
		}

	}

	static class Parent {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String handle(String body) {
			return "inherited";
		}

	}

	@Component("inheriting")
	static class Inheriting extends Parent {

	}

	abstract static class Base<T> {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String handle(T body) {
			return body.getClass().getSimpleName();
		}

	}

	@Component("numbers")
	static class Numbers extends Base<Integer> {

	}

	@Component("hidden")
	static class Hidden {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String handle(String body) {
			return "package-private";
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		private String secret(String body) {
			return "private";
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		static String utility(String body) {
			return "static";
		}

	}

	@Component("several")
	static class Several {

		@StreamSubscriber("${in}")
		@StreamSubscriber(topics = "${in}", id = "several-again")
		@StreamPublisher("${out}")
		String handle(String body) {
			return "several";
		}

	}

	@Component("two")
	static class Two {

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String one(String body) {
			return "one of two";
		}

		@StreamSubscriber("${in}")
		@StreamPublisher("${out}")
		String two(String body) {
			return "two of two";
		}

	}

}
