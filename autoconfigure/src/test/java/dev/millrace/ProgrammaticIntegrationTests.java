package dev.millrace;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Subscribers that are declared in code, and those that are changed at run time.
 */
@Timeout(120)
class ProgrammaticIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("code-in", 1);

	private final String out = this.cluster.newTopic("code-out", 1);

	@Test
	@Behaviour({ 78, 79 })
	void subscriberWithoutAnnotationsDoesWhatAnAnnotatedOneDoes() {
		try (TestApplication application = start(Configured.class, "millrace.subscribers.sums.retry.delay=10ms")) {
			this.cluster.send(this.in, "a", "{\"left\":1,\"right\":2}");
			this.cluster.send(this.in, "b", "{\"left\":3,\"right\":-3}");
			this.cluster.send(this.in, "text", "hello");
			this.cluster.send(this.in, "c", "{\"left\":3,\"right\":4}");
			await().atMost(LONG).until(() -> this.cluster.committed("test.sums", this.in) == 4);
			assertThat(this.cluster.values(this.out)).containsExactly("3", "text hello", "7");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("{\"left\":3,\"right\":-3}");
			assertThat(application.bean(Configured.class).attempts).containsExactly(1, 2, 3);
			assertThat(application.bean(StreamSubscribers.class).all()).extracting(SubscriberControl::id)
				.containsExactly("sums");
		}
	}

	@Test
	@Behaviour({ 10, 11 })
	void subscriberIsAddedToAndRemovedFromTheRunningApplication() {
		Queue<String> calls = new ConcurrentLinkedQueue<>();
		try (TestApplication application = start(Empty.class)) {
			StreamSubscribers subscribers = application.bean(StreamSubscribers.class);
			SubscriberControl added = subscribers.add("late",
					(subscriber) -> subscriber.topics(this.in).handle(String.class, (text, record) -> calls.add(text)));
			this.cluster.send(this.in, "k", "first");
			await().atMost(LONG).until(() -> calls.contains("first"));
			assertThat(added.isRunning()).isTrue();

			subscribers.remove("late").toCompletableFuture().join();
			assertThatIllegalArgumentException().isThrownBy(() -> subscribers.get("late"));
			assertThat(added.isRunning()).isFalse();
			this.cluster.send(this.in, "k", "second");

			subscribers.add("late", (subscriber) -> subscriber.topics(this.in)
				.handle(String.class, (text, record) -> calls.add("again " + text)));
			await().atMost(LONG).untilAsserted(() -> assertThat(calls).containsExactly("first", "again second"));
		}
	}

	@Test
	void subscriberStopsAndStartsAndGoesOnWhereItWas() {
		try (TestApplication application = start(Annotated.class)) {
			SubscriberControl control = application.bean(StreamSubscribers.class).get("annotated");
			Queue<String> calls = application.bean(Annotated.class).calls;
			this.cluster.send(this.in, "k", "1");
			await().atMost(LONG).until(() -> calls.contains("1"));

			control.stop().toCompletableFuture().join();
			assertThat(control.isRunning()).isFalse();
			assertThat(this.cluster.committed("test.annotated", this.in)).isEqualTo(1);
			this.cluster.send(this.in, "k", "2");

			control.start();
			await().atMost(LONG).untilAsserted(() -> assertThat(calls).containsExactly("1", "2"));
			assertThat(control.isRunning()).isTrue();
		}
	}

	@Test
	@Behaviour(16)
	void handlerMayStopItsOwnSubscriber() {
		try (TestApplication application = start(Stopping.class)) {
			this.cluster.send(this.in, "k", "1");
			this.cluster.send(this.in, "k", "stop");
			this.cluster.send(this.in, "k", "3");
			Stopping handler = application.bean(Stopping.class);
			assertThat(handler.stopped).succeedsWithin(LONG);
			assertThat(handler.calls).containsExactly("1", "stop");
			assertThat(this.cluster.committed("test.stopping", this.in)).isEqualTo(2);
		}
	}

	@Test
	void pausedSubscriberFetchesNothingUntilItIsResumed() throws InterruptedException {
		try (TestApplication application = start(Annotated.class)) {
			SubscriberControl control = application.bean(StreamSubscribers.class).get("annotated");
			Annotated handler = application.bean(Annotated.class);
			this.cluster.send(this.in, "k", "1");
			await().atMost(LONG).until(() -> handler.calls.contains("1"));
			control.pause();
			await().atMost(LONG).until(() -> application.container("annotated").isContainerPaused());
			this.cluster.send(this.in, "k", "2");

			assertThat(control.isPaused()).isTrue();
			assertThat(handler.second.await(2, TimeUnit.SECONDS)).isFalse();

			control.resume();
			assertThat(handler.second.await(30, TimeUnit.SECONDS)).isTrue();
			assertThat(control.isPaused()).isFalse();
		}
	}

	@Test
	void specificationThatCantWorkIsRefused() {
		try (TestApplication application = start(Empty.class)) {
			StreamSubscribers subscribers = application.bean(StreamSubscribers.class);

			assertThatExceptionOfType(StreamConfigurationException.class)
				.isThrownBy(() -> subscribers.add("x", (subscriber) -> subscriber.topics(this.in)))
				.withMessageContaining("Subscriber 'x' has no handler");
			assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(
					() -> subscribers.add("x", (subscriber) -> subscriber.handle(String.class, (text, record) -> null)))
				.withMessageContaining("Subscriber 'x' subscribes to no topic");
			assertThatExceptionOfType(StreamConfigurationException.class)
				.isThrownBy(() -> subscribers.add("x",
						(subscriber) -> subscriber.topics("a/b").handle(String.class, (text, record) -> null)))
				.withMessageContaining("Subscriber 'x' names the topic 'a/b'");
			assertThat(subscribers.all()).isEmpty();
		}
	}

	private TestApplication start(Class<?> configuration, String... properties) {
		String[] all = new String[properties.length + 2];
		System.arraycopy(properties, 0, all, 2, properties.length);
		all[0] = "in=" + this.in;
		all[1] = "out=" + this.out;
		return TestApplication.start(configuration, all);
	}

	@Configuration(proxyBeanMethods = false)
	static class Configured {

		final Queue<Integer> attempts = new ConcurrentLinkedQueue<>();

		@Bean
		StreamConfigurer subscribers(Environment environment) {
			String in = environment.getRequiredProperty("in");
			String out = environment.getRequiredProperty("out");
			return (registry) -> registry.subscriber("sums",
					(subscriber) -> subscriber.topics(in)
						.ordering(Ordering.PARTITION)
						.retry(3, Duration.ofHours(1))
						.handle(Sum.class, this::sum, (handler) -> handler.publishTo(out))
						.handle(String.class, (text, record) -> record.key() + " " + text,
								(handler) -> handler.filter("key == 'text'").publishTo(out, "'all'")));
		}

		private Object sum(Sum sum, StreamRecord record) {
			int result = sum.left() + sum.right();
			if (result == 0) {
				this.attempts.add(record.attempt());
				throw new IllegalStateException("Nothing");
			}
			return result;
		}

	}

	record Sum(int left, int right) {

	}

	static class Empty {

	}

	static class Annotated {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		final CountDownLatch second = new CountDownLatch(2);

		@StreamSubscriber(topics = "${in}", id = "annotated")
		void handle(String text) {
			this.calls.add(text);
			this.second.countDown();
		}

	}

	static class Stopping {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		final CompletableFuture<Void> stopped = new CompletableFuture<>();

		private final StreamSubscribers subscribers;

		Stopping(StreamSubscribers subscribers) {
			this.subscribers = subscribers;
		}

		@StreamSubscriber(topics = "${in}", id = "stopping")
		void handle(String text) {
			this.calls.add(text);
			if (text.equals("stop")) {
				this.subscribers.get("stopping").stop().thenRun(() -> this.stopped.complete(null));
			}
		}

	}

}
