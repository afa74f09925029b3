package dev.millrace;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import jakarta.validation.constraints.Positive;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.core.ResolvableType;

import dev.millrace.codec.InboundRecord;
import dev.millrace.codec.OutboundRecord;
import dev.millrace.codec.StreamCodec;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What functions can do as handlers.
 */
@Timeout(120)
class CodeSubscriberIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("function-in", 2);

	private final String out = this.cluster.newTopic("function-out", 2);

	private final Queue<Object> calls = new ConcurrentLinkedQueue<>();

	@Test
	void recordIsNotFinishedBeforeAManualFunctionHasDecided() {
		Queue<HandledRecord> waiting = new ConcurrentLinkedQueue<>();
		try (TestApplication application = start((subscriber) -> subscriber.topics(this.in)
			.ackPolicy(AckPolicy.MANUAL)
			.handle(String.class, (text, record) -> {
				this.calls.add(text + record.attempt());
				waiting.add(record);
				return null;
			}))) {
			this.cluster.send(new ProducerRecord<>(this.in, 0, null, TestCluster.bytes("a")));
			await().atMost(LONG).until(() -> waiting.size() == 1);
			assertThat(this.cluster.committed("test.code", this.in)).isZero();
			waiting.remove().nack(Duration.ZERO);
			await().atMost(LONG).until(() -> waiting.size() == 1);
			waiting.remove().ack();
			await().atMost(LONG).until(() -> this.cluster.committed("test.code", this.in) == 1);
			this.cluster.send(new ProducerRecord<>(this.in, 0, null, TestCluster.bytes("b")));
			await().atMost(LONG).until(() -> waiting.size() == 1);
			waiting.remove().reject();
			await().atMost(LONG).until(() -> this.cluster.committed("test.code", this.in) == 2);
			assertThat(this.calls).containsExactly("a1", "a2", "b1");
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("b");
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void functionGetsBatchesAndEachRecordSucceedsOrFailsByItself() {
		IntStream.range(0, 20)
			.forEach((i) -> this.cluster.send(new ProducerRecord<>(this.in, 0, TestCluster.bytes("k" + i),
					TestCluster.bytes((i != 3) ? "{\"number\":" + i + "}" : "no JSON"))));
		try (TestApplication application = start((subscriber) -> subscriber.topics(this.in)
			.maxRecords(10)
			.maxWait(Duration.ofSeconds(1))
			.retry(1, Duration.ZERO)
			.handleBatch(Item.class, this::doubled, (handler) -> handler.validated().publishTo(this.out)))) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.code", this.in) == 20);
			assertThat(this.calls).contains(10);
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactlyInAnyOrder("{\"number\":0}", "no JSON",
					"{\"number\":5}");
			assertThat(this.cluster.read(this.out))
				.extracting((record) -> TestCluster.text(record.key()) + "=" + TestCluster.text(record.value()))
				.containsExactlyInAnyOrderElementsOf(IntStream.range(1, 20)
					.filter((i) -> i != 3 && i != 5)
					.mapToObj((i) -> "k" + i + "=" + 2 * i)
					.toList());
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void manualBatchFunctionDecidesAboutEachRecord() {
		IntStream.range(0, 4)
			.forEach((i) -> this.cluster.send(new ProducerRecord<>(this.in, 0, null, TestCluster.bytes("" + i))));
		try (TestApplication application = start((subscriber) -> subscriber.topics(this.in)
			.ackPolicy(AckPolicy.MANUAL)
			.maxRecords(4)
			.maxWait(LONG)
			.handleBatch(int.class, (numbers, records) -> {
				this.calls.add(List.copyOf(numbers));
				records.get(0).ack();
				records.get(1).reject();
				records.get(3).ack();
				return null;
			}))) {
			await().atMost(LONG).until(() -> this.cluster.committed("test.code", this.in) == 2);
			assertThat(this.calls).containsExactly(List.of(0, 1, 2, 3));
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("1");
			assertThat(application.bean(StreamSubscribers.class).get("code").oldestUnfinished()).isPresent();
		}
	}

	@Test
	void functionReadsPartitionsFromWhereTheyAreToBegin() {
		for (int partition = 0; partition < 2; partition++) {
			for (int i = 0; i < 3; i++) {
				this.cluster
					.send(new ProducerRecord<>(this.in, partition, null, TestCluster.bytes(partition + "@" + i)));
			}
		}
		try (TestApplication application = start((subscriber) -> subscriber.partitions(this.in, "2", 0)
			.handle(String.class, (text, record) -> this.calls.add(text)))) {
			await().atMost(LONG).until(() -> !this.calls.isEmpty());
			application.bean(StreamSubscribers.class)
				.add("others", (subscriber) -> subscriber.partitions(this.in, 1)
					.handle(String.class, (text, record) -> this.calls.add(text)));
			await().atMost(LONG).until(() -> this.cluster.committed("test.others", this.in) == 3);
			assertThat(this.calls).containsExactly("0@2", "1@0", "1@1", "1@2");
		}
	}

	@Test
	void partitionsThatBeginAtTheEarliestOffsetAreReadAnewAtEveryStart() {
		this.cluster.send(new ProducerRecord<>(this.in, 1, null, TestCluster.bytes("a")));
		try (TestApplication application = start((subscriber) -> subscriber.partitions(this.in, "earliest", 1)
			.handle(String.class, (text, record) -> this.calls.add(text)))) {
			SubscriberControl control = application.bean(StreamSubscribers.class).get("code");
			await().atMost(LONG).until(() -> this.cluster.committed("test.code", this.in) == 1);
			assertThat(control.stop().toCompletableFuture()).succeedsWithin(LONG);
			control.start();
			await().atMost(LONG).untilAsserted(() -> assertThat(this.calls).containsExactly("a", "a"));
		}
	}

	@Test
	void listenerHearsOfRebalancesOfAFunction() {
		Beans.Listener listener;
		try (TestApplication application = start((subscriber) -> subscriber.topics(this.in)
			.rebalanceListener("listener")
			.handle(String.class, (text, record) -> null))) {
			listener = application.bean(Beans.Listener.class);
			await().atMost(LONG).until(() -> listener.assigned.size() == 2);
		}
	}

	@Test
	void codecContentTypeAndGenericTypeSayWhatTheBodiesAre() {
		ParameterizedTypeReference<Map<String, List<Integer>>> type = new ParameterizedTypeReference<>() {
		};
		try (TestApplication application = start(
				(subscriber) -> subscriber.topics(this.in)
					.contentType("application/json")
					.handle(type, (map, record) -> this.calls.add(map.get("a").get(1) + 1)),
				(subscriber) -> subscriber.topics(this.in)
					.codec("backwards")
					.handle(String.class, (text, record) -> this.calls.add(text)))) {
			this.cluster.send(new ProducerRecord<>(this.in, 0, null, TestCluster.bytes("{\"a\":[1,2]}")));
			await().atMost(LONG)
				.untilAsserted(() -> assertThat(this.calls).containsExactlyInAnyOrder(3, "}]2,1[:\"a\"{"));
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void functionsHaveFiltersConstraintsAndPublishersOfTheirOwn() {
		try (TestApplication application = start((subscriber) -> subscriber.topics(this.in)
			.handle(Item.class, (item, record) -> item.number(),
					(handler) -> handler.filter((record) -> "item".equals(record.key()))
						.filter("header('no') == null")
						.validated()
						.publishTo(this.out,
								(publisher) -> publisher.key("'number'")
									.partition("1")
									.header("source", "code")
									.contentType("application/vnd.number+json")))
			.handle(String.class, (text, record) -> text,
					(handler) -> handler.publishTo(this.out, (publisher) -> publisher.partition("0"))))) {
			this.cluster.send(this.in, "item", "{\"number\":7}");
			this.cluster.send(this.in, "item", "{\"number\":-7}");
			this.cluster.send(this.in, "text", "{\"number\":8}");
			this.cluster.send(this.in, "item", "{\"number\":9}");
			await().atMost(LONG).until(() -> this.cluster.committed("test.code", this.in) == 4);
			assertThat(this.cluster.values(this.in + "-dlt")).containsExactly("{\"number\":-7}");
			List<ConsumerRecord<byte[], byte[]>> records = this.cluster.read(this.out);
			assertThat(records).extracting((record) -> record.partition() + TestCluster.text(record.key()))
				.containsExactlyInAnyOrder("0text", "1number", "1number");
			assertThat(records).filteredOn((record) -> record.partition() == 1).allSatisfy((record) -> {
				assertThat(TestCluster.text(record.value())).isIn("7", "9");
				assertThat(TestCluster.header(record, "source")).isEqualTo("code");
				assertThat(TestCluster.header(record, "content-type")).isEqualTo("application/vnd.number+json");
			});
			assertThat(application.context().isActive()).isTrue();
		}
	}

	@Test
	void recordOfAFunctionWaitsInARetryTopicAndFailsForGoodWithTheHeadersThatAreWanted() {
		try (TestApplication application = start((subscriber) -> subscriber.topics(this.in)
			.retry((retry) -> retry.attempts(3).delay(Duration.ofMillis(50)).inTopic(this.in + "-later"))
			.deadLetterTopic(this.in + "-failed")
			.deadLetterHeaders(DeadLetterHeaders.SPRING)
			.handle(String.class, (text, record) -> {
				this.calls.add(text + record.attempt());
				throw new IllegalStateException("refused");
			}))) {
			this.cluster.send(this.in, null, "a");
			await().atMost(LONG).until(() -> this.cluster.committed("test.code", this.in) == 1);
			await().atMost(LONG).until(() -> this.calls.size() == 3);
			assertThat(this.calls).containsExactly("a1", "a2", "a3");
			assertThat(this.cluster.values(this.in + "-later")).containsExactly("a", "a");
			await().atMost(LONG).until(() -> this.cluster.end(this.in + "-failed") == 1);
			assertThat(TestCluster.header(this.cluster.read(this.in + "-failed").get(0), "kafka_dlt-original-topic"))
				.isEqualTo(this.in);
			assertThat(application.context().isActive()).isTrue();
		}
	}

	private Object doubled(List<@Nullable Item> items, List<HandledRecord> records) {
		this.calls.add(items.size());
		assertThat(records).extracting(HandledRecord::key)
			.containsExactlyElementsOf(items.stream().map((item) -> "k" + item.number()).toList());
		for (int i = 0; i < items.size(); i++) {
			if (items.get(i).number() == 5) {
				records.get(i).reject();
			}
		}
		return items.stream().map((item) -> item.number() * 2).toList();
	}

	@SafeVarargs
	private TestApplication start(Consumer<SubscriberSpec>... specifications) {
		StreamConfigurer configurer = (registry) -> {
			for (int i = 0; i < specifications.length; i++) {
				registry.subscriber((i == 0) ? "code" : "code" + i, specifications[i]);
			}
		};
		return TestApplication.start(this.cluster.bootstrapServers(), List.of(configurer), Beans.class);
	}

	record Item(@Positive int number) {

	}

	@Configuration(proxyBeanMethods = false)
	static class Beans {

		@Bean
		Listener listener() {
			return new Listener();
		}

		@Bean
		StreamCodec backwards() {
			return new Backwards();
		}

		static final class Listener implements ConsumerRebalanceListener {

			final Queue<TopicPartition> assigned = new ConcurrentLinkedQueue<>();

			@Override
			public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
				this.assigned.addAll(partitions);
			}

			@Override
			public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
				partitions.forEach(this.assigned::remove);
			}

		}

	}

	static final class Backwards implements StreamCodec {

		@Override
		public Object read(InboundRecord record, ResolvableType target) {
			return new StringBuilder(TestCluster.text(record.body())).reverse().toString();
		}

		@Override
		public byte[] write(Object value, OutboundRecord record) {
			throw new UnsupportedOperationException();
		}

	}

}
