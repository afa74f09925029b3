package dev.millrace.faststream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.annotation.StreamExceptionHandler;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is around a handler: what FastStream's tests of middlewares show.
 */
@Timeout(120)
class MiddlewareConformanceIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final TestCluster CLUSTER = TestCluster.shared();

	private static final String NAME = TestCluster.newName("middleware");

	private static TestApplication application;

	private static Handlers handlers;

	@BeforeAll
	static void start() {
		for (String topic : List.of(".failing", ".counted", ".late", ".again")) {
			CLUSTER.create(NAME + topic, 1, Map.of());
		}
		application = TestApplication.start(Handlers.class, "name=" + NAME, "millrace.subscriber.retry.attempts=1");
		handlers = application.bean(Handlers.class);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	@Behaviour(52)
	void interceptorSeesTheExceptionOfTheHandlerAsItWasThrown() {
		CLUSTER.send(NAME + ".failing", null, "fail");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.failing", NAME + ".failing") == 1);
		assertThat(handlers.failures).filteredOn((failure) -> failure.getMessage().equals("of fail"))
			.singleElement()
			.satisfies((failure) -> {
				assertThat(failure).isExactlyInstanceOf(IllegalStateException.class);
				assertThat(failure.getStackTrace()[0].getMethodName()).isEqualTo("fail");
			});
	}

	@Test
	@Behaviour(53)
	void interceptorIsCalledBeforeAndAfterEachRecord() {
		CLUSTER.send(NAME + ".counted", null, "1");
		CLUSTER.send(NAME + ".counted", null, "2");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.counted", NAME + ".counted") == 2);
		assertThat(handlers.journal).filteredOn((entry) -> entry.contains("counted"))
			.containsExactly("before .counted", "after .counted", "before .counted", "after .counted");
	}

	@Test
	@Behaviour(54)
	void interceptorForAllIsAroundSubscribersThatComeLater() {
		application.bean(StreamSubscribers.class)
			.add("late", (subscriber) -> subscriber.topics(NAME + ".late")
				.handle(String.class, (text, record) -> handlers.journal.add("handler .late")));
		CLUSTER.send(NAME + ".late", null, "x");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.late", NAME + ".late") == 1);
		assertThat(handlers.journal).filteredOn((entry) -> entry.contains("late"))
			.containsExactly("before .late", "handler .late", "after .late");
	}

	@Test
	@Behaviour(60)
	void exceptionHandlerMayThrowAnotherException() {
		CLUSTER.send(NAME + ".again", null, "x");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.again", NAME + ".again") == 1);
		ConsumerRecord<byte[], byte[]> letter = CLUSTER.read(NAME + ".again-dlt").get(0);
		assertThat(TestCluster.header(letter, "dead-letter-exception-class-name"))
			.isEqualTo(UnsupportedOperationException.class.getName());
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		final Queue<Exception> failures = new ConcurrentLinkedQueue<>();

		final Queue<String> journal = new ConcurrentLinkedQueue<>();

		@Bean
		SubscriberInterceptor journal(Handlers handlers) {
			return (record, handling) -> {
				String topic = record.topic().substring(NAME.length());
				handlers.journal.add("before " + topic);
				try {
					return handling.proceed();
				}
				catch (Exception ex) {
					handlers.failures.add(ex);
					throw ex;
				}
				finally {
					handlers.journal.add("after " + topic);
				}
			};
		}

		@StreamSubscriber(topics = "${name}.failing", id = "failing")
		void fail(String text) {
			throw new IllegalStateException("of " + text);
		}

		@StreamSubscriber(topics = "${name}.counted", id = "counted")
		void count(String text) {
		}

		@StreamSubscriber(topics = "${name}.again", id = "again")
		void again(String text) {
			throw new IllegalArgumentException(text);
		}

		@StreamExceptionHandler
		void translate(IllegalArgumentException ex) {
			throw new UnsupportedOperationException(ex);
		}

	}

}
