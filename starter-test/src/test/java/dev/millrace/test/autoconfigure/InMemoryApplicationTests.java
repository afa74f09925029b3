package dev.millrace.test.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.kafka.core.KafkaTemplate;

import dev.millrace.Ordering;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.MillraceAutoConfiguration;
import dev.millrace.test.broker.InMemoryBroker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * An application with everything that production has except the broker.
 */
class InMemoryApplicationTests {

	private static ConfigurableApplicationContext context;

	private static InMemoryBroker broker;

	@BeforeAll
	static void start() {
		context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties("spring.application.name=test", "spring.main.banner-mode=off",
					"spring.kafka.bootstrap-servers=nowhere.invalid:1", "millrace.subscriber.retry.delay=1ms",
					"millrace.subscriber.retry.max-delay=2ms")
			.run();
		broker = context.getBean(InMemoryBroker.class);
	}

	@AfterAll
	static void stop() {
		context.close();
		assertThat(broker.busy()).isEmpty();
	}

	@Test
	void replyIsPublishedAndOffsetCommitted() {
		for (int user = 0; user < 100; user++) {
			send("in", "key-" + user, "{\"user\":\"u%d\",\"userId\":%d}".formatted(user, user));
		}
		List<ConsumerRecord<String, String>> replies = read("out", 100);
		assertThat(replies).extracting(ConsumerRecord::value).contains("User: 7 - u7 registered");
		awaitCommitted("in", "in-subscriber");
	}

	@Test
	void failedRecordIsRetriedAndItsPartitionGoesOn() {
		send("flaky", null, "1");
		send("flaky", null, "2");
		await().untilAsserted(
				() -> assertThat(context.getBean(Handlers.class).flaky).containsExactlyInAnyOrder("1", "1", "1", "2"));
		awaitCommitted("flaky", "flaky-subscriber");
	}

	@Test
	void hopelessRecordBecomesDeadLetter() {
		send("hopeless", "key", "body");
		ConsumerRecord<String, String> letter = read("hopeless-dlt", 1).get(0);
		assertThat(letter.value()).isEqualTo("body");
		assertThat(letter.key()).isEqualTo("key");
		awaitCommitted("hopeless", "hopeless-subscriber");
	}

	@Test
	void sendThatFailedIsRepeated() {
		broker.faults().failNextSend("faulty-out", new NotEnoughReplicasException("on purpose"));
		send("faulty-in", null, "body");
		assertThat(read("faulty-out", 1)).extracting(ConsumerRecord::value).containsExactly("body");
		awaitCommitted("faulty-in", "faulty-subscriber");
	}

	@Test
	void exactlyOnceCommitsReplyAndOffsetTogether() {
		send("exact-in", null, "1");
		send("exact-in", null, "2");
		assertThat(read("exact-out", 2)).extracting(ConsumerRecord::value).containsExactlyInAnyOrder("1", "2");
		awaitCommitted("exact-in", "exact-subscriber");
	}

	@Test
	void rebalanceLosesNothing() {
		broker.rebalance("in-subscriber");
		for (int user = 100; user < 200; user++) {
			send("in", "key-" + user, "{\"user\":\"u%d\",\"userId\":%d}".formatted(user, user));
			if (user == 150) {
				broker.evictMembers("in-subscriber");
			}
		}
		await().untilAsserted(() -> assertThat(read("out", 100)).extracting(ConsumerRecord::value)
			.contains("User: 100 - u100 registered", "User: 199 - u199 registered"));
		awaitCommitted("in", "in-subscriber");
	}

	@Test
	void brokerBecomesQuiet() {
		send("hopeless", "quiet", "quiet");
		read("hopeless-dlt", 1);
		assertThat(broker.awaitQuiet(Duration.ofSeconds(30))).isTrue();
	}

	@SuppressWarnings("unchecked")
	private static void send(String topic, String key, String value) {
		context.getBean(KafkaTemplate.class).send(topic, key, value);
	}

	private static List<ConsumerRecord<String, String>> read(String topic, int count) {
		List<ConsumerRecord<String, String>> records = new ArrayList<>();
		try (Consumer<String, String> consumer = broker.createConsumer(
				Map.of("auto.offset.reset", "earliest", "isolation.level", "read_committed"), new StringDeserializer(),
				new StringDeserializer())) {
			consumer.assign(consumer.partitionsFor(topic)
				.stream()
				.map((partition) -> new TopicPartition(topic, partition.partition()))
				.toList());
			await().until(() -> {
				consumer.poll(Duration.ofMillis(100)).forEach(records::add);
				return records.size() >= count;
			});
		}
		return records;
	}

	private static void awaitCommitted(String topic, String group) {
		TopicPartition partition = new TopicPartition(topic, 0);
		try (Admin admin = broker.createAdmin();
				Consumer<byte[], byte[]> consumer = broker.createConsumer(Map.of(), null, null)) {
			long end = consumer.endOffsets(List.of(partition)).get(partition);
			await().untilAsserted(() -> assertThat(
					admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(partition))
				.isNotNull()
				.extracting(OffsetAndMetadata::offset)
				.isEqualTo(end));
		}
	}

	@ImportAutoConfiguration({ KafkaAutoConfiguration.class, JacksonAutoConfiguration.class,
			MillraceAutoConfiguration.class })
	@Import({ InMemoryKafkaConfiguration.class, Handlers.class })
	static class Application {

	}

	static class Handlers {

		private final List<String> flaky = new CopyOnWriteArrayList<>();

		private final AtomicInteger failures = new AtomicInteger();

		@StreamSubscriber(topics = "in", groupId = "in-subscriber")
		@StreamPublisher("out")
		String register(String user, int userId) {
			return "User: " + userId + " - " + user + " registered";
		}

		@StreamSubscriber(topics = "flaky", groupId = "flaky-subscriber", ordering = Ordering.KEY)
		void flaky(String body) {
			this.flaky.add(body);
			if (body.equals("1") && this.failures.incrementAndGet() < 3) {
				throw new IllegalStateException("on purpose");
			}
		}

		@StreamSubscriber(topics = "hopeless", groupId = "hopeless-subscriber")
		void hopeless(String body) {
			throw new IllegalStateException("on purpose");
		}

		@StreamSubscriber(topics = "faulty-in", groupId = "faulty-subscriber")
		@StreamPublisher("faulty-out")
		String faulty(String body) {
			return body;
		}

		@StreamSubscriber(topics = "exact-in", groupId = "exact-subscriber", exactlyOnce = true)
		@StreamPublisher("exact-out")
		String exact(String body) {
			return body;
		}

	}

}
