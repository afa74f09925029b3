package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.kafka.config.ContainerCustomizer;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.support.ProducerListener;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Millrace beside an application's own use of spring-kafka.
 */
@Timeout(120)
class CoexistenceIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("coexist-in", 1);

	private final String out = this.cluster.newTopic("coexist-out", 1);

	@Test
	void templateAndListenersOfTheApplicationGoOnWorking() {
		try (TestApplication application = start(OwnListener.class)) {
			application.bean(OwnListener.class).template.send(this.in, "key", "hello");

			await().atMost(Duration.ofSeconds(30)).until(() -> application.bean(OwnListener.class).bodies.size() == 1);
			assertThat(application.bean(OwnListener.class).bodies).containsExactly("key=HELLO");
		}
	}

	@Test
	void whatTheApplicationAddsToItsClientsAppliesToThoseOfMillrace() {
		try (TestApplication application = start(Additions.class,
				"spring.kafka.producer.properties.interceptor.classes=" + Marking.class.getName())) {
			Additions additions = application.bean(Additions.class);
			this.cluster.send(this.in, "key", "hello");

			ConsumerRecord<byte[], byte[]> reply = reply();
			assertThat(TestCluster.header(reply, "marked")).isEqualTo("yes");
			await().until(() -> additions.seen.size() >= 3);
			assertThat(additions.seen).containsExactlyInAnyOrder("container copy", "producer created",
					"sent " + this.out);
		}
	}

	@Test
	void repliesAreSentOutsideTransactionsWhereTheApplicationUsesTransactions() {
		try (TestApplication application = start(Copy.class, "spring.kafka.producer.transaction-id-prefix=tx-")) {
			KafkaTemplate<?, ?> template = application.bean(KafkaTemplate.class);
			assertThat(template.isTransactional()).isTrue();
			this.cluster.send(this.in, "key", "hello");

			assertThat(TestCluster.text(reply().value())).isEqualTo("HELLO");
			await().atMost(Duration.ofSeconds(5)).until(() -> this.cluster.committed("test.copy", this.in) == 1);
		}
	}

	private TestApplication start(Class<?> configuration, String... properties) {
		String[] all = new String[properties.length + 2];
		System.arraycopy(properties, 0, all, 2, properties.length);
		all[0] = "in=" + this.in;
		all[1] = "out=" + this.out;
		return TestApplication.start(configuration, all);
	}

	private ConsumerRecord<byte[], byte[]> reply() {
		List<ConsumerRecord<byte[], byte[]>> replies = await().atMost(Duration.ofSeconds(30))
			.until(() -> this.cluster.read(this.out), (records) -> !records.isEmpty());
		assertThat(replies).hasSize(1);
		return replies.get(0);
	}

	static class Copy {

		@StreamSubscriber(topics = "${in}", id = "copy")
		@StreamPublisher("${out}")
		String copy(String body) {
			return body.toUpperCase();
		}

	}

	static class OwnListener extends Copy {

		final Queue<String> bodies = new ConcurrentLinkedQueue<>();

		final KafkaTemplate<String, String> template;

		OwnListener(KafkaTemplate<String, String> template) {
			this.template = template;
		}

		@KafkaListener(id = "own", topics = "${out}", properties = "auto.offset.reset=earliest")
		void listen(ConsumerRecord<String, String> record) {
			this.bodies.add(record.key() + "=" + record.value());
		}

	}

	static class Additions extends Copy {

		final Queue<String> seen = new ConcurrentLinkedQueue<>();

		@Bean
		ContainerCustomizer<Object, Object, ConcurrentMessageListenerContainer<Object, Object>> containers() {
			return (container) -> this.seen.add("container " + container.getListenerId());
		}

		@Bean
		DefaultKafkaProducerFactoryCustomizer producers() {
			return (factory) -> factory.addPostProcessor((producer) -> {
				this.seen.add("producer created");
				return producer;
			});
		}

		@Bean
		ProducerListener<Object, Object> sends() {
			return new ProducerListener<>() {

				@Override
				public void onSuccess(ProducerRecord<Object, Object> record, RecordMetadata metadata) {
					Additions.this.seen.add("sent " + record.topic());
				}

			};
		}

	}

	/**
	 * Interceptor of Kafka's own kind.
	 */
	public static class Marking implements ProducerInterceptor<byte[], byte[]> {

		@Override
		public ProducerRecord<byte[], byte[]> onSend(ProducerRecord<byte[], byte[]> record) {
			record.headers().add("marked", TestCluster.bytes("yes"));
			return record;
		}

		@Override
		public void onAcknowledgement(RecordMetadata metadata, Exception exception) {
		}

		@Override
		public void close() {
		}

		@Override
		public void configure(Map<String, ?> configs) {
		}

	}

}
