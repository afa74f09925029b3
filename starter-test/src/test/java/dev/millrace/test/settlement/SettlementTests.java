package dev.millrace.test.settlement;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.test.StreamTestKit;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for when everything has settled: the broker is asked for the ends of topics and
 * for what is committed one after the other, and records may come in between.
 */
@StreamTest
class SettlementTests {

	@Autowired
	private StreamTestKit kit;

	@Autowired
	private Meanwhile meanwhile;

	@Autowired
	private Handlers handlers;

	@Test
	void recordsThatComeWhileTheBrokerIsAskedAreWaitedFor() {
		this.meanwhile.next = () -> this.kit.send("late", "x");

		this.kit.publish("early", "x");

		assertThat(this.meanwhile.next).as("What was to happen meanwhile").isNull();
		assertThat(this.handlers.late).isTrue();
	}

	@SpringBootApplication(proxyBeanMethods = false)
	static class Application {

		@Bean
		Handlers handlers() {
			return new Handlers();
		}

		@Bean
		static Meanwhile meanwhile() {
			return new Meanwhile();
		}

	}

	static class Handlers {

		private final AtomicBoolean late = new AtomicBoolean();

		@StreamSubscriber("early")
		void early(String body) {
			assertThat(body).isEqualTo("x");
		}

		// Later than everything that the kit has to ask
		@StreamSubscriber("late")
		CompletableFuture<Void> late(String body) {
			return CompletableFuture.runAsync(() -> this.late.set(true),
					CompletableFuture.delayedExecutor(500, TimeUnit.MILLISECONDS));
		}

	}

	/** Does something once, just before the broker is asked for what is committed. */
	static class Meanwhile implements BeanPostProcessor {

		private volatile Runnable next;

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (!(bean instanceof Admin admin)) {
				return bean;
			}
			return Proxy.newProxyInstance(Admin.class.getClassLoader(), new Class<?>[] { Admin.class },
					(proxy, method, arguments) -> {
						Runnable now = this.next;
						if (now != null && method.getName().equals("listConsumerGroupOffsets")) {
							this.next = null;
							now.run();
						}
						try {
							return method.invoke(admin, arguments);
						}
						catch (InvocationTargetException ex) {
							throw ex.getCause();
						}
					});
		}

	}

}
