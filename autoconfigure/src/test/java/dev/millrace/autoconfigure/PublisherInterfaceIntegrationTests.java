package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

import org.aopalliance.intercept.MethodInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.PriorityOrdered;

import dev.millrace.PublishResult;
import dev.millrace.Response;
import dev.millrace.StreamException;
import dev.millrace.Tombstone;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.interfaces.Contract;
import dev.millrace.autoconfigure.interfaces.Orders;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Interfaces whose methods publish.
 */
@Timeout(120)
class PublisherInterfaceIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("interface-in", 1);

	private final String out = this.cluster.newTopic("interface-out", 4);

	@Test
	void methodPublishesWhatItsParametersAndItsAnnotationSay() {
		try (TestApplication application = start(this.out)) {
			Orders orders = application.bean(Orders.class);
			orders.placed("o-1");
			PublishResult result = orders.changed("k", null, "called", Map.of("number", 5), new Orders.Order("o-2", 1));

			List<ConsumerRecord<byte[], byte[]>> records = records(2);
			ConsumerRecord<byte[], byte[]> placed = of("{\"id\":\"o-1\",\"count\":2}", records);
			assertThat(TestCluster.text(placed.key())).isEqualTo("o-1");
			assertThat(placed.partition()).isEqualTo(2);
			assertThat(headers(placed)).contains("content-type=application/json", "source=interface", "both=declared")
				.hasSize(4);
			ConsumerRecord<byte[], byte[]> changed = of("{\"id\":\"o-2\",\"count\":1}", records);
			assertThat(TestCluster.text(changed.key())).isEqualTo("k");
			assertThat(headers(changed)).contains("both=called", "number=5").hasSize(4);
			assertThat(result).isEqualTo(new PublishResult(this.out, changed.partition(), changed.offset()));
		}
	}

	@Test
	void responsesTombstonesAndInheritedMethodsPublishToo() {
		try (TestApplication application = start(this.out)) {
			Orders orders = application.bean(Orders.class);
			orders.responded(Response.of(new Orders.Order("o-3", 1)).withKey("mine").withPartition(3))
				.toCompletableFuture()
				.join();
			orders.cancelled(Tombstone.of("gone"));
			orders.listed(List.of("first", "second"));

			List<ConsumerRecord<byte[], byte[]>> records = records(3);
			assertThat(TestCluster.text(of("{\"id\":\"o-3\",\"count\":1}", records).key())).isEqualTo("mine");
			assertThat(of("{\"id\":\"o-3\",\"count\":1}", records).partition()).isEqualTo(3);
			assertThat(TestCluster.text(of(null, records).key())).isEqualTo("gone");
			assertThat(TestCluster.text(of("[\"first\",\"second\"]", records).key())).isEqualTo("first");
		}
	}

	@Test
	void methodThatReturnsNothingWaitsAndThrows() {
		String small = this.cluster.newTopic("interface-small", 4, Map.of("max.message.bytes", "1000"));
		try (TestApplication application = start(small)) {
			Orders orders = application.bean(Orders.class);
			assertThatExceptionOfType(StreamException.class).isThrownBy(() -> orders.placed("x".repeat(2000)))
				.withMessage("Orders.placed could not publish")
				.withCauseInstanceOf(RecordTooLargeException.class);
			orders.placed("o-1");
			assertThat(this.cluster.end(small)).isEqualTo(1);
			assertThatIllegalArgumentException().isThrownBy(() -> orders.placed((Orders.Order) null))
				.withMessage(
						Orders.class.getName() + ".placed must not be called with null; to say that something is gone,"
								+ " call it with a tombstone");
			assertThat(orders).isEqualTo(orders)
				.hasSameHashCodeAs(orders)
				.hasToString("Publisher " + Orders.class.getName());
		}
	}

	@Test
	void topicsAreCreatedAtStart() {
		String missing = TestCluster.newName("interface-missing");
		try (TestApplication application = start(missing)) {
			assertThat(this.cluster.end(missing)).isZero();
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void whatAHandlerPublishesBelongsToItsRecord() {
		String small = this.cluster.newTopic("interface-small", 4, Map.of("max.message.bytes", "1000"));
		try (TestApplication application = start(small, "millrace.subscriber.retry.attempts=1000")) {
			String large = "x".repeat(2000);
			this.cluster.send(this.in, null, "a");
			this.cluster.send(this.in, null, large);
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("test.interface", this.in) == 1);
			await().atMost(Duration.ofSeconds(20)).until(() -> application.bean(Handler.class).calls.size() == 2);
			this.cluster.configure(small, "max.message.bytes", "1000000");
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.committed("test.interface", this.in) == 2);

			assertThat(application.bean(Handler.class).calls).containsExactly("a", large);
			assertThat(this.cluster.read(small).stream().map((record) -> TestCluster.header(record, "correlation_id")))
				.containsExactlyInAnyOrder(this.in + "-0@0", this.in + "-0@1");
		}
	}

	@Test
	void contractOfAHandlerIsNoPublisher() {
		try (TestApplication application = start(this.out)) {
			assertThat(application.bean(Contract.class)).isInstanceOf(Contract.Handler.class);
			assertThat(application.context().getBeanNamesForType(Contract.Complete.class)).isEmpty();
		}
	}

	@Test
	void interfaceBehindTheProxiesOfAspectsPublishes() {
		try (TestApplication application = start(Advised.class, this.out)) {
			Orders orders = application.bean(Orders.class);
			assertThat(AopUtils.isAopProxy(orders)).isTrue();
			orders.changed("k", null, "called", Map.of(), new Orders.Order("o-1", 1));

			assertThat(records(1).get(0).value()).asString().isEqualTo("{\"id\":\"o-1\",\"count\":1}");
			assertThat(application.bean(Aspect.class).calls).containsExactly("outer changed", "inner changed");
		}
	}

	private TestApplication start(String out, String... properties) {
		return start(Interfaces.class, out, properties);
	}

	private TestApplication start(Class<?> configuration, String out, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 2);
		all[properties.length] = "in=" + this.in;
		all[properties.length + 1] = "out=" + out;
		return TestApplication.start(configuration, all);
	}

	private List<ConsumerRecord<byte[], byte[]>> records(int count) {
		List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(this.cluster.read(this.out));
		records.sort(Comparator.comparing(ConsumerRecord::timestamp));
		assertThat(records).hasSize(count);
		return records;
	}

	private static ConsumerRecord<byte[], byte[]> of(String body, List<ConsumerRecord<byte[], byte[]>> records) {
		return records.stream()
			.filter((record) -> Objects.equals(TestCluster.text(record.value()), body))
			.findFirst()
			.orElseThrow();
	}

	private static List<String> headers(ConsumerRecord<?, ?> record) {
		return Arrays.stream(record.headers().toArray())
			.map((header) -> header.key() + "=" + TestCluster.text(header.value()))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = Orders.class)
	@Import({ Handler.class, Contract.Handler.class })
	static class Interfaces {

	}

	@Import({ Interfaces.class, Aspect.class })
	static class Advised {

	}

	/**
	 * Puts two proxies around the publisher.
	 */
	static class Aspect implements BeanPostProcessor, PriorityOrdered {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof Orders) ? around("outer", around("inner", bean)) : bean;
		}

		private Object around(String name, Object target) {
			ProxyFactory factory = new ProxyFactory(target);
			factory.addAdvice((MethodInterceptor) (invocation) -> {
				this.calls.add(name + " " + invocation.getMethod().getName());
				return invocation.proceed();
			});
			return factory.getProxy();
		}

		@Override
		public int getOrder() {
			return 0;
		}

	}

	static class Handler {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		private final Orders orders;

		Handler(Orders orders) {
			this.orders = orders;
		}

		@StreamSubscriber(topics = "${in}", id = "interface")
		void handle(String body) {
			this.calls.add(body);
			this.orders.responded(Response.of(new Orders.Order(body, 1)));
		}

	}

}
