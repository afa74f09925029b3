package dev.millrace.config;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;

import dev.millrace.annotation.StreamExceptionHandler;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Beans of a scope that makes them anew.
 */
@Timeout(120)
class ScopedBeanIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	@Test
	void eachRecordIsHandledOnceByTheInstanceThatTheScopeHasThen() {
		String in = this.cluster.newTopic("scoped-in", 1);
		try (TestApplication application = TestApplication.start(Scoped.class, "in=" + in)) {
			List<Handler> instances = application.bean(Instances.class).all;
			assertThat(instances).isEmpty();
			assertThat(application.bean(KafkaListenerEndpointRegistry.class).getListenerContainerIds())
				.containsExactly("handler-handle");

			send(in, "a", 1);
			application.bean(RefreshableScope.class).refresh();
			send(in, "b", 2);
			send(in, "", 3);

			assertThat(instances).extracting((handler) -> List.copyOf(handler.bodies))
				.containsExactly(List.of("a"), List.of("b", "refused"));
		}
	}

	private void send(String topic, String body, long committed) {
		this.cluster.send(topic, null, body);
		await().atMost(Duration.ofSeconds(20))
			.until(() -> this.cluster.committed("test.handler-handle", topic) == committed);
	}

	static class Scoped {

		@Bean
		static RefreshableScope refreshableScope() {
			return new RefreshableScope();
		}

		@Bean
		Instances instances() {
			return new Instances();
		}

		@Bean
		@Scope(scopeName = RefreshableScope.NAME, proxyMode = ScopedProxyMode.TARGET_CLASS)
		Handler handler(Instances instances) {
			Handler handler = new Handler();
			instances.all.add(handler);
			return handler;
		}

		@Bean
		Runnable user(Handler handler) {
			return () -> handler.handle("by hand");
		}

	}

	static class Instances {

		private final List<Handler> all = new CopyOnWriteArrayList<>();

	}

	static class Handler {

		private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

		@StreamSubscriber("${in}")
		void handle(String body) {
			if (body.isEmpty()) {
				throw new IllegalArgumentException("Nothing in it");
			}
			this.bodies.add(body);
		}

		@StreamExceptionHandler
		void refuse(IllegalArgumentException ex) {
			this.bodies.add("refused");
		}

	}

}
