package dev.millrace.test.parallel;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.test.context.TestContextManager;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Test classes of one application share its context, and do not see each other, also when
 * they run in parallel.
 */
class ParallelTestClassesTests {

	private static final int TESTS = 25;

	@Test
	void eachTestSeesItsOwnRecordsInOneContext() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(2);
		try {
			List<Future<ApplicationContext>> contexts = threads
				.invokeAll(List.of(runs(First.class), runs(Second.class)));
			assertThat(contexts.get(0).get()).isSameAs(contexts.get(1).get());
		}
		finally {
			threads.shutdownNow();
		}
	}

	private static Callable<ApplicationContext> runs(Class<? extends Publishing> type) {
		return () -> {
			TestContextManager manager = new TestContextManager(type);
			Method method = Publishing.class.getDeclaredMethod("publish", int.class);
			for (int number = 0; number < TESTS; number++) {
				Publishing test = type.getDeclaredConstructor().newInstance();
				manager.prepareTestInstance(test);
				manager.beforeTestMethod(test, method);
				try {
					test.publish(number);
				}
				finally {
					manager.afterTestMethod(test, method, null);
				}
			}
			return manager.getTestContext().getApplicationContext();
		};
	}

	abstract static class Publishing {

		@Autowired
		private StreamTestKit kit;

		void publish(int number) {
			String body = getClass().getSimpleName() + number;
			assertThat(this.kit.topic("echo-in")).isEmpty();
			this.kit.publish("echo-in", body);
			assertThat(this.kit.topic("echo-out")).hasRecords(1).hasRecord().withBody(body);
			assertThat(this.kit.subscriber("echo")).wasCalled(1).wasCalledWith(body).returned(body).committed();
		}

	}

	@StreamTest
	@ContextConfiguration(classes = Application.class)
	static class First extends Publishing {

	}

	@StreamTest
	@ContextConfiguration(classes = Application.class)
	static class Second extends Publishing {

	}

	@SpringBootApplication
	@Import(Handlers.class)
	static class Application {

	}

	static class Handlers {

		@StreamSubscriber(topics = "echo-in", id = "echo")
		@StreamPublisher("echo-out")
		String echo(String body) {
			return body;
		}

	}

}
