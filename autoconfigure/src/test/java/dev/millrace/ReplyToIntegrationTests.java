package dev.millrace;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.requestreply.ReplyingKafkaTemplate;
import org.springframework.kafka.support.TopicPartitionOffset;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Records that ask for an answer.
 */
@Timeout(120)
class ReplyToIntegrationTests {

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("reply-in", 1);

	private final String out = this.cluster.newTopic("reply-out", 1);

	private final String answers = this.cluster.newTopic("reply-answers", 3);

	@Test
	@Behaviour(28)
	void resultGoesToThePublisherAndToWhoHasAsked() {
		try (TestApplication application = start(Echo.class)) {
			send("a", header("reply_to", this.answers), header("correlation_id", "rpc-1"), header("x", "y"));

			ConsumerRecord<byte[], byte[]> answer = answers(1).get(0);
			assertThat(TestCluster.text(answer.value())).isEqualTo("{\"echo\":\"a\"}");
			assertThat(answer.key()).isNull();
			assertThat(headers(answer)).containsExactly("content-type=application/json", "correlation_id=rpc-1");
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.end(this.out) == 1);
			ConsumerRecord<byte[], byte[]> published = this.cluster.read(this.out).get(0);
			assertThat(TestCluster.text(published.key())).isEqualTo("key");
			assertThat(headers(published)).containsExactly("content-type=application/json", "correlation_id=rpc-1",
					"from=publisher");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void emptyAddressIsNone() {
		try (TestApplication application = start(Echo.class)) {
			send("a", header("reply_to", ""));
			awaitCommitted(1);

			assertThat(this.cluster.end(this.out)).isEqualTo(1);
			assertThat(application.bean(Handler.class).calls).hasSize(1);
		}
	}

	@Test
	void correlationIdThatIsNoTextComesBackAsItWas() {
		byte[] id = { 1, (byte) 0xFF };
		try (TestApplication application = start(Echo.class)) {
			send("a", header("reply_to", this.answers), new RecordHeader("correlation_id", id));

			assertThat(answers(1).get(0).headers().lastHeader("correlation_id").value()).isEqualTo(id);
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void nothingIsAnsweredWithNothing() {
		try (TestApplication application = start(NoResult.class)) {
			send("a", header("reply_to", this.answers), header("correlation_id", "rpc-1"));

			assertThat(answers(1).get(0).value()).isNull();
			assertThat(headers(answers(1).get(0))).containsExactly("content-type=", "correlation_id=rpc-1");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void responseAddsHeadersButNothingElse() {
		try (TestApplication application = start(Responding.class)) {
			send("a", header("reply_to", this.answers), header("correlation_id", "rpc-1"));

			assertThat(answers(1).get(0).key()).isNull();
			assertThat(headers(answers(1).get(0))).containsExactly("content-type=text/plain", "status=fine",
					"correlation_id=rpc-1");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@ParameterizedTest
	@Behaviour(29)
	@ValueSource(classes = { NoAnswer.class, Nothing.class, Failing.class })
	void handlerThatDoesNotAnswer(Class<?> handler) {
		try (TestApplication application = start(handler)) {
			send("a", header("reply_to", this.answers));
			awaitCommitted(1);

			assertThat(this.cluster.end(this.answers)).isZero();
			assertThat(application.bean(Handler.class).calls).isNotEmpty();
		}
	}

	@Test
	void settingSwitchesAnswersOffAndOn() {
		try (TestApplication application = start(Echo.class, "millrace.subscriber.reply=false")) {
			send("a", header("reply_to", this.answers));
			awaitCommitted(1);

			assertThat(this.cluster.end(this.answers)).isZero();
			assertThat(application.context().isActive()).isTrue();
		}
		try (TestApplication application = start(NoAnswer.class, "millrace.subscribers.reply.reply=true")) {
			send("b", header("reply_to", this.answers));

			assertThat(TestCluster.text(answers(1).get(0).value())).isEqualTo("b");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void everyRecordOfABatchIsAnsweredByItself() {
		send("a", header("reply_to", this.answers), header("correlation_id", "rpc-1"));
		send("b");
		send("c", header("reply_to", "no-such-topic"));
		send("d", header("reply_to", this.answers), header("correlation_id", "rpc-2"));
		try (TestApplication application = start(Batching.class)) {
			awaitCommitted(4);

			assertThat(answers(2).stream()
				.map((answer) -> TestCluster.text(answer.value()) + TestCluster.header(answer, "correlation_id")))
				.containsExactlyInAnyOrder("A" + "rpc-1", "D" + "rpc-2");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("c");
			assertThat(application.bean(Handler.class).calls).containsExactly("a", "b", "c", "d");
		}
	}

	@Test
	void requesterOfSpringIsAnsweredInItsOwnForm() throws Exception {
		try (TestApplication application = start(Echo.class)) {
			ReplyingKafkaTemplate<String, String, String> template = template();
			template.start();
			try {
				ConsumerRecord<String, String> answer = template
					.sendAndReceive(new ProducerRecord<>(this.in, "a"), Duration.ofSeconds(20))
					.get(30, TimeUnit.SECONDS);

				assertThat(answer.value()).isEqualTo("{\"echo\":\"a\"}");
				assertThat(answer.partition()).isEqualTo(2);
				assertThat(answer.headers().lastHeader("kafka_correlationId").value()).hasSize(16);
			}
			finally {
				template.destroy();
			}
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "no-such-topic", "not a legal name!", "." })
	void recordThatCanNotBeAnsweredIsADeadLetterBeforeItIsHandled(String topic) {
		try (TestApplication application = start(Echo.class)) {
			send("a", header("reply_to", topic));
			send("b", header("reply_to", this.answers));
			awaitCommitted(2);

			assertThat(application.bean(Handler.class).calls).containsExactly("b");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("a");
			assertThat(
					TestCluster.header(this.cluster.read(this.in + "-dlt").get(0), "dead-letter-exception-class-name"))
				.isEqualTo(ReplyTopicException.class.getName());
			assertThat(answers(1)).hasSize(1);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, -1 })
	void partitionThatDoesNotExistCanNotBeAnswered(int partition) {
		try (TestApplication application = start(Echo.class)) {
			send("a", header("kafka_replyTopic", this.answers), new RecordHeader("kafka_replyPartition",
					ByteBuffer.allocate(Integer.BYTES).putInt(partition).array()));
			awaitCommitted(1);

			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("a");
			assertThat(application.bean(Handler.class).calls).isEmpty();
		}
	}

	@Test
	void requesterThatIsGoneWhenTheAnswerIsThereDoesNotHoldUpOthers() throws Exception {
		BrokerSettings settings = BrokerSettings.defaults()
			.withPort(0)
			.withProperties(Map.of("auto.create.topics.enable", "false"));
		try (EmbeddedBroker broker = EmbeddedBroker.start(settings);
				TestCluster own = new TestCluster(broker.bootstrapServers())) {
			String requests = own.newTopic("requests", 1);
			String temporary = own.newTopic("temporary", 1);
			try (TestApplication application = TestApplication.start(broker.bootstrapServers(), Gated.class,
					"in=" + requests, "spring.kafka.producer.properties[max.block.ms]=1000")) {
				own.send(new ProducerRecord<>(requests, null, null, null, TestCluster.bytes("a"),
						List.of(header("reply_to", temporary))));
				own.send(requests, null, "b");
				await().atMost(Duration.ofSeconds(20)).until(() -> application.bean(Handler.class).calls.size() == 1);
				own.admin().deleteTopics(List.of(temporary)).all().get();
				application.bean(Gated.class).gate.countDown();
				await().atMost(Duration.ofSeconds(60)).until(() -> own.committed("test.reply", requests) == 2);

				assertThat(own.values(requests + "-dlt")).containsExactly("a");
				assertThat(application.bean(Handler.class).calls).containsExactly("a", "b");
			}
		}
	}

	@Test
	void answerIsPartOfTheTransaction() {
		try (TestApplication application = start(Echo.class, "millrace.subscriber.exactly-once=true")) {
			for (int i = 0; i < 20; i++) {
				send("" + i, header("reply_to", (i == 5) ? "no-such-topic" : this.answers));
			}
			await().atMost(Duration.ofSeconds(20)).until(() -> this.cluster.values(this.answers).size() == 19);

			assertThat(this.cluster.values(this.answers)).hasSize(19).doesNotHaveDuplicates();
			await().atMost(Duration.ofSeconds(20))
				.until(() -> this.cluster.values(this.in + "-dlt").equals(List.of("5")));
			assertThat(application.bean(Handler.class).calls).doesNotContain("5");
		}
	}

	private TestApplication start(Class<?> handler, String... properties) {
		String[] all = Arrays.copyOf(properties, properties.length + 2);
		all[properties.length] = "in=" + this.in;
		all[properties.length + 1] = "out=" + this.out;
		return TestApplication.start(handler, all);
	}

	private ReplyingKafkaTemplate<String, String, String> template() {
		Map<String, Object> consumer = Map.of("bootstrap.servers", this.cluster.bootstrapServers(), "group.id",
				TestCluster.newName("requester"), "key.deserializer",
				"org.apache.kafka.common.serialization.StringDeserializer", "value.deserializer",
				"org.apache.kafka.common.serialization.StringDeserializer", "auto.offset.reset", "earliest");
		Map<String, Object> producer = Map.of("bootstrap.servers", this.cluster.bootstrapServers(), "key.serializer",
				"org.apache.kafka.common.serialization.StringSerializer", "value.serializer",
				"org.apache.kafka.common.serialization.StringSerializer");
		ReplyingKafkaTemplate<String, String, String> template = new ReplyingKafkaTemplate<>(
				new DefaultKafkaProducerFactory<>(producer),
				new KafkaMessageListenerContainer<>(new DefaultKafkaConsumerFactory<>(consumer),
						new ContainerProperties(new TopicPartitionOffset(this.answers, 2))));
		template.afterPropertiesSet();
		return template;
	}

	private void send(String body, Header... headers) {
		this.cluster.send(new ProducerRecord<>(this.in, null, null, TestCluster.bytes("key"), TestCluster.bytes(body),
				List.of(headers)));
	}

	private void awaitCommitted(long offset) {
		await().atMost(Duration.ofSeconds(60)).until(() -> this.cluster.committed("test.reply", this.in) == offset);
	}

	private List<ConsumerRecord<byte[], byte[]>> answers(int count) {
		List<ConsumerRecord<byte[], byte[]>> records = await().atMost(Duration.ofSeconds(20))
			.until(() -> this.cluster.read(this.answers), (read) -> read.size() >= count);
		assertThat(records).hasSize(count);
		return records;
	}

	private static Header header(String name, String value) {
		return new RecordHeader(name, TestCluster.bytes(value));
	}

	private static List<String> headers(ConsumerRecord<?, ?> record) {
		return Arrays.stream(record.headers().toArray())
			.map((header) -> header.key() + "=" + TestCluster.text(header.value()))
			.toList();
	}

	/**
	 * What all handlers have.
	 */
	abstract static class Handler {

		final List<String> calls = new CopyOnWriteArrayList<>();

	}

	static class Echo extends Handler {

		@StreamSubscriber(topics = "${in}", id = "reply")
		@StreamPublisher(topic = "${out}", headers = "from=publisher")
		Map<String, String> handle(String body) {
			this.calls.add(body);
			return Map.of("echo", body);
		}

	}

	static class NoResult extends Handler {

		@StreamSubscriber(topics = "${in}", id = "reply")
		@Nullable String handle(String body) {
			this.calls.add(body);
			return null;
		}

	}

	static class Responding extends Handler {

		@StreamSubscriber(topics = "${in}", id = "reply")
		Response<String> handle(String body) {
			this.calls.add(body);
			return Response.of(body)
				.withKey("k")
				.withPartition(1)
				.withCorrelationId("mine")
				.withHeader("status", "fine");
		}

	}

	static class NoAnswer extends Handler {

		@StreamSubscriber(topics = "${in}", id = "reply", reply = false)
		String handle(String body) {
			this.calls.add(body);
			return body;
		}

	}

	static class Nothing extends Handler {

		@StreamSubscriber(topics = "${in}", id = "reply")
		void handle(String body) {
			this.calls.add(body);
		}

	}

	static class Failing extends Handler {

		@StreamSubscriber(topics = "${in}", id = "reply")
		String handle(String body) {
			this.calls.add(body);
			throw new RejectRecord();
		}

	}

	static class Batching extends Handler {

		@StreamSubscriber(topics = "${in}", id = "reply", batch = true, maxRecords = "4", maxWait = "5s")
		List<String> handle(List<String> bodies) {
			this.calls.addAll(bodies);
			return bodies.stream().map(String::toUpperCase).toList();
		}

	}

	static class Gated extends Handler {

		private final CountDownLatch gate = new CountDownLatch(1);

		@StreamSubscriber(topics = "${in}", id = "reply")
		String handle(String body) throws InterruptedException {
			this.calls.add(body);
			this.gate.await();
			return body;
		}

	}

}
