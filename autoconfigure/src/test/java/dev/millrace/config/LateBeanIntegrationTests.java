package dev.millrace.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamSubscribers;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/**
 * Beans that come after the start, and several instances of one bean.
 */
@Timeout(120)
class LateBeanIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String newName = TestCluster.newName("late");

	@Test
	void lazyBeanConsumesFromItsCreationOnAndItsTopicIsCreated() {
		try (TestApplication application = TestApplication.start(LazyBeans.class, "in=" + this.newName)) {
			assertThat(ids(application)).isEmpty();

			Handler handler = application.bean(Handler.class);

			assertThat(this.cluster.partitions(this.newName)).isNotEmpty();
			this.cluster.send(this.newName, null, "x");
			await().atMost(Duration.ofSeconds(20)).until(() -> handler.bodies.contains("x"));
		}
	}

	@Test
	void lazyBeanOfAnApplicationThatDoesNotStartItsListenersIsNotStarted() {
		String in = this.cluster.newTopic("late-in", 1);
		try (TestApplication application = TestApplication.start(LazyBeans.class, "in=" + in,
				"spring.kafka.listener.auto-startup=false")) {
			application.bean(Handler.class);

			assertThat(application.container("handler-handle").isRunning()).isFalse();
		}
	}

	@Test
	void lazyBeanThatCouldNotBeCreatedCanBeAskedForAgain() {
		try (TestApplication application = TestApplication.start(LazyBeans.class, "in=" + this.newName,
				"millrace.topics.missing=fail")) {
			assertThatException().isThrownBy(() -> application.bean(Handler.class))
				.withRootCauseInstanceOf(StreamConfigurationException.class)
				.withStackTraceContaining("These topics do not exist: {" + this.newName);
			assertThat(ids(application)).isEmpty();

			this.cluster.create(this.newName, 1, Map.of());
			this.cluster.create(this.newName + "-dlt", 1, Map.of());

			application.bean(Handler.class);
			assertThat(application.container("handler-handle").isRunning()).isTrue();
		}
	}

	@Test
	void lazyBeanIsRegisteredWithAllItsSubscribersOrNone() {
		String in = this.cluster.newTopic("late-in", 1);
		this.cluster.create(in + "-dlt", 1, Map.of());
		try (TestApplication application = TestApplication.start(LazyPairs.class, "in=" + in, "other=" + this.newName,
				"millrace.topics.missing=fail")) {
			assertThatException().isThrownBy(() -> application.bean(Pair.class))
				.withStackTraceContaining("These topics do not exist: {" + this.newName);
			assertThat(ids(application)).isEmpty();
			assertThat(application.bean(StreamSubscribers.class).all()).isEmpty();

			this.cluster.create(this.newName, 1, Map.of());
			this.cluster.create(this.newName + "-dlt", 1, Map.of());

			Pair pair = application.bean(Pair.class);
			this.cluster.send(in, null, "x");
			this.cluster.send(this.newName, null, "y");
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(pair.bodies).containsExactlyInAnyOrder("x", "y"));
			assertThat(application.bean(LazyPairs.class).made).hasSize(2).first().satisfies((discarded) -> {
				assertThat(discarded).isNotSameAs(pair);
				assertThat(discarded.bodies).isEmpty();
			});
		}
	}

	@Test
	void instanceOfATestIsNoBean() {
		try (TestApplication application = TestApplication.start(LazyBeans.class, "in=" + this.newName)) {
			String name = Handler.class.getName() + AutowireCapableBeanFactory.ORIGINAL_INSTANCE_SUFFIX;
			AutowireCapableBeanFactory beanFactory = application.context().getAutowireCapableBeanFactory();

			assertThatExceptionOfType(StreamConfigurationException.class)
				.isThrownBy(() -> beanFactory.initializeBean(new Handler(), name))
				.withMessageContaining("Handler.handle(String) of bean '" + name + "' handles records")
				.withMessageContaining("is an instance of a test and no bean")
				.withMessageContaining("@TestConfiguration");
			assertThat(ids(application)).isEmpty();
			assertThat(beanFactory.initializeBean("any other", name)).isEqualTo("any other");
		}
	}

	@Test
	void instancesOfAPrototypeShareTheWorkOfOneGroup() {
		String in = this.cluster.newTopic("prototypes-in", 2);
		try (TestApplication application = TestApplication.start(Prototypes.class, "in=" + in)) {
			List<Handler> handlers = List.of(application.bean(Handler.class), application.bean(Handler.class));
			assertThat(ids(application)).containsExactlyInAnyOrder("handler-handle", "handler-handle-2");
			await().atMost(Duration.ofSeconds(30))
				.until(() -> partitions(application, "handler-handle") == 1
						&& partitions(application, "handler-handle-2") == 1);

			for (int partition = 0; partition < 2; partition++) {
				this.cluster.send(new ProducerRecord<>(in, partition, null, TestCluster.bytes("p" + partition)));
			}

			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("test.handler-handle", in) == 2);
			assertThat(handlers).allSatisfy((handler) -> assertThat(handler.bodies).hasSize(1));
			assertThat(handlers).flatExtracting((handler) -> handler.bodies).containsExactlyInAnyOrder("p0", "p1");
		}
	}

	private static int partitions(TestApplication application, String id) {
		MessageListenerContainer container = application.container(id);
		return (container.getAssignedPartitions() != null) ? container.getAssignedPartitions().size() : 0;
	}

	private static Iterable<String> ids(TestApplication application) {
		return application.bean(KafkaListenerEndpointRegistry.class).getListenerContainerIds();
	}

	static class LazyBeans {

		@Bean
		@Lazy
		Handler handler() {
			return new Handler();
		}

	}

	static class LazyPairs {

		final List<Pair> made = new CopyOnWriteArrayList<>();

		@Bean
		@Lazy
		Pair pair() {
			Pair pair = new Pair();
			this.made.add(pair);
			return pair;
		}

	}

	static class Prototypes {

		@Bean
		@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
		Handler handler() {
			return new Handler();
		}

	}

	static class Handler {

		final Queue<String> bodies = new ConcurrentLinkedQueue<>();

		@StreamSubscriber("${in}")
		void handle(String body) {
			this.bodies.add(body);
		}

	}

	static class Pair {

		final Queue<String> bodies = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "first")
		@StreamSubscriber(topics = "${other}", id = "second")
		void handle(String body) {
			this.bodies.add(body);
		}

	}

}
