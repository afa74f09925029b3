package dev.millrace.faststream;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

import org.apache.kafka.clients.consumer.ConsumerInterceptor;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

import dev.millrace.AckPolicy;
import dev.millrace.StreamConfigurer;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What Kafka's consumers are told: what FastStream's tests of client options show.
 */
@Timeout(120)
class ClientSettingsConformanceIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String name = TestCluster.newName("client");

	@Test
	@Behaviour({ 158, 175, 176, 177, 178, 179, 180, 181, 182, 183 })
	void rackOfASubscriberWinsOverItsRoutersAndThatOverTheApplications() {
		this.cluster.create(this.name, 1, Map.of());
		try (TestApplication application = start(Racks.class, "spring.kafka.consumer.properties.client.rack=all")) {
			assertThat(application.context().isActive()).isTrue();
			assertThat(Settings.of(this.name + "-plain")).containsEntry("client.rack", "all");
			assertThat(Settings.of(this.name + "-own")).containsEntry("client.rack", "own");
			assertThat(Settings.of(this.name + "-code")).containsEntry("client.rack", "code");
			assertThat(Settings.of(this.name + "-router")).containsEntry("client.rack", "router");
			assertThat(Settings.of(this.name + "-own")).hasEntrySatisfying("enable.auto.commit",
					(value) -> assertThat(value).hasToString("false"));
			assertThat(Settings.of(this.name + "-plain")).hasEntrySatisfying("enable.auto.commit",
					(value) -> assertThat(value).hasToString("false"));
		}
	}

	@Test
	@Behaviour({ 175, 176, 177, 178, 179, 180, 184, 185, 186, 187 })
	void instanceIdIsToldAndNeitherItNorARackIsMadeUp() {
		this.cluster.create(this.name, 1, Map.of());
		try (TestApplication application = start(Instances.class)) {
			assertThat(application.context().isActive()).isTrue();
			assertThat(Settings.of(this.name + "-plain")).doesNotContainKey("client.rack");
			awaitInstance("-plain", null);
			awaitInstance("-own", "own-1-0");
			awaitInstance("-code", "code-1-0");
			awaitInstance("-router", "router-1-0");
		}
	}

	private TestApplication start(Class<?> configuration, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 2);
		all[properties.length] = "name=" + this.name;
		all[properties.length + 1] = "spring.kafka.consumer.properties.interceptor.classes=" + Settings.class.getName();
		return TestApplication.start(configuration, all);
	}

	private void awaitInstance(String group, String instance) {
		await().atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(instances(this.name + group)).containsExactly(instance));
	}

	private Iterable<String> instances(String group) throws InterruptedException, ExecutionException {
		return this.cluster.admin()
			.describeConsumerGroups(List.of(group))
			.all()
			.get()
			.get(group)
			.members()
			.stream()
			.map((member) -> member.groupInstanceId().orElse(null))
			.toList();
	}

	/**
	 * Keeps what the consumers of each group were told.
	 */
	public static final class Settings implements ConsumerInterceptor<byte[], byte[]> {

		private static final Map<Object, Map<String, ?>> BY_GROUP = new ConcurrentHashMap<>();

		static Map<String, Object> of(String group) {
			await().atMost(Duration.ofSeconds(30)).until(() -> BY_GROUP.containsKey(group));
			return Map.copyOf(BY_GROUP.get(group));
		}

		@Override
		public void configure(Map<String, ?> configs) {
			Map<String, Object> settings = new ConcurrentHashMap<>();
			configs.forEach((name, value) -> {
				if (value != null) {
					settings.put(name, value);
				}
			});
			BY_GROUP.put(settings.get("group.id"), settings);
		}

		@Override
		public ConsumerRecords<byte[], byte[]> onConsume(ConsumerRecords<byte[], byte[]> records) {
			return records;
		}

		@Override
		public void onCommit(Map<TopicPartition, OffsetAndMetadata> offsets) {
		}

		@Override
		public void close() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Racks {

		@Bean
		StreamConfigurer inCode(Environment environment) {
			return subscriber(environment, "client.rack", "code");
		}

		@Bean
		Routed routed() {
			return new Routed();
		}

		@StreamSubscriber(topics = "${name}", id = "plain", groupId = "${name}-plain")
		@StreamSubscriber(topics = "${name}", id = "own", groupId = "${name}-own", properties = "client.rack=own",
				ackPolicy = AckPolicy.ACK_FIRST)
		void handle(String text) {
		}

		static StreamConfigurer subscriber(Environment environment, String property, String value) {
			String topic = environment.getRequiredProperty("name");
			return (registry) -> registry.subscriber("code",
					(subscriber) -> subscriber.topics(topic)
						.groupId(topic + "-code")
						.property(property, value)
						.handle(String.class, (text, record) -> null));
		}

		@StreamRouter(properties = "client.rack=router")
		static class Routed {

			@StreamSubscriber(topics = "${name}", id = "routed", groupId = "${name}-router")
			void handle(String text) {
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Instances {

		@Bean
		StreamConfigurer inCode(Environment environment) {
			return Racks.subscriber(environment, "group.instance.id", "code-1");
		}

		@Bean
		Routed routed() {
			return new Routed();
		}

		@StreamSubscriber(topics = "${name}", id = "plain", groupId = "${name}-plain")
		@StreamSubscriber(topics = "${name}", id = "own", groupId = "${name}-own",
				properties = "group.instance.id=own-1")
		void handle(String text) {
		}

		@StreamRouter(properties = "group.instance.id=router-1")
		static class Routed {

			@StreamSubscriber(topics = "${name}", id = "routed", groupId = "${name}-router")
			void handle(String text) {
			}

		}

	}

}
