package dev.millrace;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;

import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * What applications publish by themselves, outside of any record, as it arrives at the
 * broker.
 */
@Timeout(120)
class StreamOperationsIntegrationTests {

	private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

	private final TestCluster cluster = TestCluster.shared();

	private final String out = this.cluster.newTopic("operations-out", 6);

	@Test
	@Behaviour(198)
	void tenThousandRecordsArriveCompleteAndInOrderPerKey() throws Exception {
		List<Response<Integer>> responses = IntStream.range(0, 10_000)
			.mapToObj((i) -> Response.of(i).withKey("key-" + i % 100).withHeader("number", "" + i))
			.toList();
		try (TestApplication application = start(Plain.class)) {
			List<PublishResult> results = operations(application).publishAll(this.out, responses)
				.get(60, TimeUnit.SECONDS);

			List<ConsumerRecord<byte[], byte[]>> records = this.cluster.read(this.out);
			assertThat(records).hasSize(10_000);
			Map<String, List<Integer>> numbers = new HashMap<>();
			for (ConsumerRecord<byte[], byte[]> record : records) {
				int number = Integer.parseInt(TestCluster.text(record.value()));
				numbers.computeIfAbsent(TestCluster.text(record.key()), (key) -> new ArrayList<>()).add(number);
				assertThat(TestCluster.header(record, "number")).isEqualTo("" + number);
				assertThat(results.get(number))
					.isEqualTo(new PublishResult(this.out, record.partition(), record.offset()));
			}
			assertThat(numbers).hasSize(100);
			numbers.forEach((key, ofKey) -> assertThat(ofKey).as(key)
				.containsExactlyElementsOf(IntStream.range(0, 100)
					.map((i) -> i * 100 + Integer.parseInt(key.substring(4)))
					.boxed()
					.toList()));
			assertThat(records.stream().map((record) -> TestCluster.header(record, "correlation_id")).distinct())
				.singleElement()
				.asString()
				.matches(UUID);
		}
	}

	@Test
	void everythingThatWasSaidIsInTheRecord() throws Exception {
		try (TestApplication application = start(Plain.class)) {
			PublishResult result = operations(application).to(this.out)
				.key(7)
				.header("source", "\u00fc")
				.partition(4)
				.timestamp(Instant.ofEpochMilli(1_700_000_000_123L))
				.correlationId("my-id")
				.replyTo("answers")
				.send(Map.of("a", 1))
				.get(20, TimeUnit.SECONDS);

			ConsumerRecord<byte[], byte[]> record = record();
			assertThat(result).isEqualTo(new PublishResult(this.out, 4, 0));
			assertThat(record.partition()).isEqualTo(4);
			assertThat(record.timestamp()).isEqualTo(1_700_000_000_123L);
			assertThat(TestCluster.text(record.key())).isEqualTo("7");
			assertThat(TestCluster.text(record.value())).isEqualTo("{\"a\":1}");
			assertThat(headers(record)).containsExactly("content-type=application/json", "correlation_id=my-id",
					"reply_to=answers", "source=\u00fc");
		}
	}

	@Test
	@Behaviour(30)
	void whatIsNotSaidIsNotInTheRecord() throws Exception {
		try (TestApplication application = start(Plain.class)) {
			operations(application).publish(this.out, "text").get(20, TimeUnit.SECONDS);

			assertThat(record().key()).isNull();
			assertThat(headers(record())).hasSize(2).first().isEqualTo("content-type=text/plain");
			assertThat(TestCluster.header(record(), "correlation_id")).matches(UUID);
		}
	}

	@Test
	@Behaviour(209)
	void tombstoneHasAKeyAndNoValue() throws Exception {
		try (TestApplication application = start(Plain.class)) {
			operations(application).publish(this.out, Tombstone.of("a")).get(20, TimeUnit.SECONDS);
			operations(application).publish(this.out, Response.tombstone("a").withHeader("reason", "gone"))
				.get(20, TimeUnit.SECONDS);
			operations(application).to(this.out).key("a").sendTombstone().get(20, TimeUnit.SECONDS);

			assertThat(this.cluster.read(this.out)).hasSize(3).allSatisfy((record) -> {
				assertThat(TestCluster.text(record.key())).isEqualTo("a");
				assertThat(record.value()).isNull();
				assertThat(TestCluster.header(record, "content-type")).isEmpty();
			});
			assertThatIllegalArgumentException().isThrownBy(() -> operations(application).to(this.out).sendTombstone())
				.withMessage("A record without a body must have a key");
		}
	}

	@Test
	@Behaviour({ 202, 203 })
	void futureOfARecordThatTheBrokerRefusesFailsWithTheCause() {
		String small = this.cluster.newTopic("operations-small", 1, Map.of("max.message.bytes", "1000"));
		String large = "x".repeat(2000);
		try (TestApplication application = start(Plain.class)) {
			CompletableFuture<PublishResult> one = operations(application).publish(small, large);
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> one.get(20, TimeUnit.SECONDS))
				.withCauseInstanceOf(RecordTooLargeException.class);

			CompletableFuture<List<PublishResult>> all = operations(application).publishAll(small,
					List.of("0", large, "2", large));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> all.get(20, TimeUnit.SECONDS))
				.withCauseInstanceOf(PublishException.class)
				.havingCause()
				.withMessage("2 of 4 records were not published to '%s': numbers 1, 3", small)
				.satisfies((failure) -> assertThat(((PublishException) failure).failures()).hasSize(2)
					.allSatisfy((number, cause) -> assertThat(cause).isInstanceOf(RecordTooLargeException.class)));
			assertThat(this.cluster.values(small)).containsExactly("0", "2");
		}
	}

	@Test
	void nothingIsSentWhenOneOfSeveralCanNotBeEncoded() {
		try (TestApplication application = start(Plain.class)) {
			assertThatExceptionOfType(StreamException.class)
				.isThrownBy(() -> operations(application).publishAll(this.out, List.of("first", new Unwritable())));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> operations(application).publishAll(this.out, Arrays.asList("first", null)));

			assertThat(this.cluster.end(this.out)).isZero();
		}
	}

	@Test
	@Behaviour(199)
	void publisherBeanPublishesItsType() throws Exception {
		try (TestApplication application = start(Publishers.class)) {
			Publishers beans = application.bean(Publishers.class);
			TopicPublisher<Order> orders = beans.publisher;
			orders.publish(new Order("o-1", 3)).get(20, TimeUnit.SECONDS);
			orders.publish(Response.of(new Order("o-2", 3)).withKey("mine").withPartition(1).withHeader("source", "me"))
				.get(20, TimeUnit.SECONDS);
			orders.publishAll(List.of(new Order("o-3", 5))).get(20, TimeUnit.SECONDS);

			List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(this.cluster.read(this.out));
			records.sort(Comparator.comparing(ConsumerRecord::partition));
			assertThat(records.stream().map((record) -> TestCluster.text(record.key()))).containsExactly("mine", "o-1",
					"o-3");
			assertThat(records.stream().map(ConsumerRecord::partition)).containsExactly(1, 3, 5);
			assertThat(records.stream().map((record) -> TestCluster.header(record, "source"))).containsExactly("me",
					"bean", "bean");
			assertThat(TestCluster.text(records.get(1).value())).isEqualTo("{\"id\":\"o-1\",\"count\":3}");
			assertThatIllegalStateException().isThrownBy(() -> orders.publish(Tombstone.of("o-1")))
				.withMessage("The partition depends on the body; say where the tombstone goes");
			assertThatIllegalArgumentException()
				.isThrownBy(() -> orders.publish(Response.of(new Order("o", 1)).withTopic("elsewhere")))
				.withMessage("The response must not have a topic of its own");
		}
	}

	@Test
	@Behaviour(31)
	void publisherOfAGenericTypeWritesTheElementsAsThatTypeSays() throws Exception {
		try (TestApplication application = start(Plain.class)) {
			operations(application).publisher(this.out, new ParameterizedTypeReference<List<Shape>>() {
			}).publish(List.of(new Circle(1))).get(20, TimeUnit.SECONDS);

			assertThat(TestCluster.text(record().value())).startsWith("[{\"@type\":").endsWith("\"radius\":1}]");
		}
	}

	@Test
	void topicOfAPublisherBeanIsCreatedOrMissedAtStart() {
		String missing = TestCluster.newName("operations-missing");
		assertThatExceptionOfType(ApplicationContextException.class)
			.isThrownBy(() -> TestApplication.start(Publishers.class, "out=" + missing, "millrace.topics.missing=fail")
				.close())
			.havingCause()
			.isInstanceOf(StreamConfigurationException.class)
			.withMessageContaining("These topics do not exist")
			.withMessageContaining("The publisher of " + Order.class.getName() + " to '" + missing + "'");

		try (TestApplication application = TestApplication.start(Publishers.class, "out=" + missing)) {
			assertThat(this.cluster.end(missing)).isZero();
			assertThat(application.context().isActive()).isTrue();
		}
	}

	private TestApplication start(Class<?> configuration) {
		return TestApplication.start(configuration, "out=" + this.out);
	}

	private static StreamOperations operations(TestApplication application) {
		return application.bean(StreamOperations.class);
	}

	private ConsumerRecord<byte[], byte[]> record() {
		List<ConsumerRecord<byte[], byte[]>> records = await().atMost(Duration.ofSeconds(10))
			.until(() -> this.cluster.read(this.out), (read) -> !read.isEmpty());
		assertThat(records).hasSize(1);
		return records.get(0);
	}

	private static List<String> headers(ConsumerRecord<?, ?> record) {
		return Arrays.stream(record.headers().toArray())
			.map((header) -> header.key() + "=" + TestCluster.text(header.value()))
			.toList();
	}

	/**
	 * Body of a record.
	 */
	record Order(String id, int count) {

	}

	/**
	 * Body with subtypes.
	 */
	@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
	interface Shape {

	}

	record Circle(int radius) implements Shape {

	}

	record Unwritable() {

		@JsonProperty
		String text() {
			throw new IllegalStateException("not now");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Plain {

	}

	@Configuration(proxyBeanMethods = false)
	static class Publishers {

		private TopicPublisher<Order> publisher;

		@Bean
		TopicPublisher<Order> orders(StreamOperations streams, @Value("${out}") String topic) {
			this.publisher = streams.publisher(topic, Order.class)
				.withKey(Order::id)
				.withPartition(Order::count)
				.withHeader("source", "bean");
			return this.publisher;
		}

	}

}
