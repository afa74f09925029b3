package dev.millrace.faststream;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import dev.millrace.AckPolicy;
import dev.millrace.StreamRecord;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.annotation.Path;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the handlers of a class have in common: what FastStream's tests of routers show.
 */
@Timeout(120)
class RouterConformanceIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final TestCluster CLUSTER = TestCluster.shared();

	private static final String NAME = TestCluster.newName("router");

	private static TestApplication application;

	@BeforeAll
	static void start() {
		for (String topic : List.of(".shop.orders", ".shop.eu.orders", ".shop.eu.logs.info", ".shopXeu.logs.warn",
				".logs.error", ".plain", ".base.orders", ".shop.eu.tasks", ".shopXeu.tasks")) {
			CLUSTER.create(NAME + topic, 1, Map.of());
		}
		application = TestApplication.start(Routers.class, "name=" + NAME);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	@Behaviour({ 73, 74, 76 })
	void prefixIsBeforeTheTopicsOfSubscribersAndPublishers() {
		CLUSTER.send(NAME + ".shop.orders", null, "a");
		CLUSTER.send(NAME + ".plain", null, "b");

		assertPublished(NAME + ".shop.sums", "shop a");
		assertPublished(NAME + ".plain.sums", "plain b");
	}

	@Test
	@Behaviour({ 66, 69, 75, 80, 81, 85 })
	void prefixesAndInterceptorsOfNestedRoutersFollowEachOther() {
		CLUSTER.send(NAME + ".shop.eu.orders", null, "a");

		assertPublished(NAME + ".shop.eu.sums", "<all <shop <eu eu a eu> shop> all>");
	}

	@Test
	@Behaviour({ 91 })
	void prefixIsBeforeTheTemplateAndStandsForItself() {
		CLUSTER.send(NAME + ".shopXeu.logs.warn", null, "no");
		CLUSTER.send(NAME + ".logs.error", null, "no");
		CLUSTER.send(NAME + ".shop.eu.logs.info", null, "yes");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.logs", NAME + ".shop.eu.logs.info") == 1);
		assertThat(application.bean(Routers.Shop.Europe.class).logs).containsExactly("info yes");
		assertThat(application.container("logs").getAssignedPartitions()).singleElement()
			.satisfies((partition) -> assertThat(partition.topic()).isEqualTo(NAME + ".shop.eu.logs.info"));
	}

	@Test
	@Behaviour(91)
	void prefixIsBeforeAPatternAndStandsForItself() {
		CLUSTER.send(NAME + ".shopXeu.tasks", null, "no");
		CLUSTER.send(NAME + ".shop.eu.tasks", null, "yes");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.tasks", NAME + ".shop.eu.tasks") == 1);
		assertThat(application.bean(Routers.Shop.Europe.class).tasks).containsExactly("yes");
	}

	@Test
	@Behaviour(72)
	void subscriberAndPublisherThatComeLateHaveThePrefix() {
		application.bean(Routers.Shop.Late.class);
		CLUSTER.send(NAME + ".shop.late.in", null, "a");

		assertPublished(NAME + ".shop.late.out", "late a");
	}

	@Test
	void routerIsInheritedWithItsGroupAndItsPolicy() {
		CLUSTER.send(NAME + ".base.orders", null, "a");

		await().atMost(LONG).until(() -> CLUSTER.committed(NAME + "-group", NAME + ".base.orders") == 1);
		assertThat(application.bean(Routers.Inheriting.class).attempts).containsExactly("a");
		assertPublished(NAME + ".base.orders-dlt", "a");
	}

	private static void assertPublished(String topic, String value) {
		await().atMost(LONG).ignoreExceptions().untilAsserted(() -> assertThat(CLUSTER.values(topic)).isNotEmpty());
		assertThat(CLUSTER.values(topic)).containsExactly(value);
	}

	@Configuration(proxyBeanMethods = false)
	static class Routers {

		@Bean
		Shop shop() {
			return new Shop();
		}

		@Bean
		Shop.Europe europe() {
			return new Shop.Europe();
		}

		@Bean
		@Lazy
		Shop.Late late() {
			return new Shop.Late();
		}

		@Bean
		Inheriting inheriting() {
			return new Inheriting();
		}

		@Bean
		Plain plain() {
			return new Plain();
		}

		@Bean
		SubscriberInterceptor all() {
			return (record, handling) -> around("all", record, handling);
		}

		@Bean(defaultCandidate = false)
		SubscriberInterceptor ofShop() {
			return (record, handling) -> around("shop", record, handling);
		}

		@Bean(defaultCandidate = false)
		SubscriberInterceptor ofEurope() {
			return (record, handling) -> around("eu", record, handling);
		}

		private static Object around(String name, StreamRecord record, SubscriberInterceptor.Handling handling)
				throws Exception {
			Object result = handling.proceed();
			return record.topic().endsWith(".eu.orders") ? "<" + name + " " + result + " " + name + ">" : result;
		}

		@StreamRouter(prefix = "${name}.shop.", interceptors = "ofShop")
		static class Shop {

			@StreamSubscriber(topics = "orders", id = "shop-orders")
			@StreamPublisher("sums")
			String handle(String text) {
				return "shop " + text;
			}

			@StreamRouter(prefix = "eu.", interceptors = "ofEurope")
			static class Europe {

				final Queue<String> logs = new ConcurrentLinkedQueue<>();

				final Queue<String> tasks = new ConcurrentLinkedQueue<>();

				@StreamSubscriber(topics = "orders", id = "europe-orders")
				@StreamPublisher("sums")
				String handle(String text) {
					return "eu " + text;
				}

				@StreamSubscriber(topics = "logs.{level}", id = "logs")
				void log(String text, @Path String level) {
					this.logs.add(level + " " + text);
				}

				@StreamSubscriber(pattern = "tasks|todo", id = "tasks")
				void task(String text) {
					this.tasks.add(text);
				}

			}

			@StreamRouter(prefix = "late.")
			static class Late {

				@StreamSubscriber(topics = "in", id = "late")
				@StreamPublisher("out")
				String handle(String text) {
					return "late " + text;
				}

			}

		}

		@StreamRouter(prefix = "${name}.base.", groupId = "${name}-group", ackPolicy = AckPolicy.REJECT_ON_ERROR)
		abstract static class Base {

		}

		static class Inheriting extends Base {

			final Queue<String> attempts = new ConcurrentLinkedQueue<>();

			@StreamSubscriber(topics = "orders", id = "inherited")
			void handle(String text) {
				this.attempts.add(text);
				throw new IllegalStateException("refused");
			}

		}

		@StreamRouter(prefix = "")
		static class Plain {

			@StreamSubscriber(topics = "${name}.plain", id = "plain")
			@StreamPublisher("${name}.plain.sums")
			String handle(String text) {
				return "plain " + text;
			}

		}

	}

}
