package dev.millrace.faststream;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What handlers take and publish: what FastStream's tests of publishing show.
 */
@Timeout(120)
class PublishConformanceIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final TestCluster CLUSTER = TestCluster.shared();

	private static final String NAME = TestCluster.newName("publish");

	private static final Map<String, Object> VALUES = Map.ofEntries(Map.entry("text", "h\u00e9llo"),
			Map.entry("int", 7), Map.entry("double", 1.5), Map.entry("boolean", true),
			Map.entry("map", Map.of("a", List.of(1, 2))), Map.entry("list", List.of("x", "y")),
			Map.entry("instant", Instant.parse("2026-01-02T03:04:05Z")), Map.entry("model", new Model("m", 1)),
			Map.entry("models", List.of(new Model("m", 1), new Model("n", 2))), Map.entry("enum", Color.RED),
			Map.entry("set", Set.of(1)), Map.entry("model as map", new Model("m", 1)),
			Map.entry("map as model", Map.of("name", "m", "count", 1)), Map.entry("number text", "42"));

	private static TestApplication application;

	@BeforeAll
	static void start() {
		for (String topic : List.of(".names", ".values", ".object", ".array", ".one", ".two", ".declared")) {
			CLUSTER.create(NAME + topic, 1, Map.of());
		}
		CLUSTER.create(NAME + ".zero", 3, Map.of());
		application = TestApplication.start(Handlers.class, "name=" + NAME);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	@Behaviour(18)
	void valuesArriveAsTheyWereSent() {
		VALUES.keySet().forEach((name) -> CLUSTER.send(NAME + ".names", name, name));
		Map<String, Object> received = application.bean(Receiver.class).received;
		await().atMost(LONG).until(() -> received.size() == VALUES.size());
		assertThat(received)
			.containsAllEntriesOf(Map.of("text", "h\u00e9llo", "int", 7, "double", 1.5, "boolean", true, "map",
					Map.of("a", List.of(1, 2)), "list", List.of("x", "y"), "models",
					List.of(new Model("m", 1), new Model("n", 2)), "enum", Color.RED, "set", Set.of(1)))
			.containsAllEntriesOf(
					Map.of("instant", Instant.parse("2026-01-02T03:04:05Z"), "model", new Model("m", 1), "model as map",
							Map.of("name", "m", "count", 1), "map as model", new Model("m", 1), "number text", 42));
	}

	@Test
	@Behaviour(21)
	void fieldsOfAnObjectAreSpreadAndConverted() {
		CLUSTER.send(NAME + ".object", null, "{\"a\":1,\"b\":1.0}");
		assertThat(TestCluster.text(published(".object.out").value())).isEqualTo("1 1");
	}

	@Test
	@Behaviour(22)
	void elementsOfAnArrayAreSpreadAndConverted() {
		CLUSTER.send(NAME + ".array", null, "[1,2.0,\"3\",4]");
		assertThat(TestCluster.text(published(".array.out").value())).isEqualTo("1 2 3");
	}

	@Test
	@Behaviour({ 24, 27 })
	void severalHandlersSharePublishersThatAreAnAnnotation() {
		CLUSTER.send(NAME + ".one", "k", "x");
		CLUSTER.send(NAME + ".two", "k", "y");
		await().atMost(LONG).ignoreExceptions().until(() -> CLUSTER.end(NAME + ".shared") == 2);
		assertThat(CLUSTER.values(NAME + ".shared")).containsExactlyInAnyOrder("one x", "two y");
	}

	@Test
	@Behaviour({ 204, 217 })
	void partitionZeroIsOneAndHeadersOfAPublisherReplaceOthers() {
		CLUSTER.send(NAME + ".declared", "k", "x");
		ConsumerRecord<byte[], byte[]> record = published(".zero");
		assertThat(record.partition()).isZero();
		assertThat(record.headers().headers("content-type")).singleElement()
			.satisfies((header) -> assertThat(header.value()).isEqualTo("text/csv".getBytes(StandardCharsets.UTF_8)));
		assertThat(TestCluster.header(record, "correlation_id")).isEqualTo("mine");
	}

	private static ConsumerRecord<byte[], byte[]> published(String topic) {
		await().atMost(LONG).ignoreExceptions().until(() -> CLUSTER.end(NAME + topic) == 1);
		return CLUSTER.read(NAME + topic).get(0);
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		@Bean
		Receiver receiver() {
			return new Receiver();
		}

		@StreamSubscriber(topics = "${name}.names", id = "sender")
		@StreamPublisher("${name}.values")
		@Nullable Object value(String name) {
			return VALUES.get(name);
		}

		@StreamSubscriber(topics = "${name}.object", id = "object")
		@StreamPublisher("${name}.object.out")
		String object(int a, int b) {
			return a + " " + b;
		}

		@StreamSubscriber(topics = "${name}.array", id = "array")
		@StreamPublisher("${name}.array.out")
		String array(int a, int b, int c) {
			return a + " " + b + " " + c;
		}

		@StreamSubscriber(topics = "${name}.one", id = "one")
		@ToShared
		String one(String text) {
			return "one " + text;
		}

		@StreamSubscriber(topics = "${name}.two", id = "two")
		@ToShared
		String two(String text) {
			return "two " + text;
		}

		@StreamSubscriber(topics = "${name}.declared", id = "declared")
		@StreamPublisher(topic = "${name}.zero", partition = "0",
				headers = { "content-type=text/csv", "correlation_id=mine" })
		String declared(String text) {
			return text;
		}

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@StreamPublisher("${name}.shared")
	@interface ToShared {

	}

	@StreamSubscriber(topics = "${name}.values", id = "receiver")
	static class Receiver {

		final Map<String, Object> received = new ConcurrentHashMap<>();

		@StreamHandler
		@StreamFilter("key == 'text'")
		void takeText(String value) {
			this.received.put("text", value);
		}

		@StreamHandler
		@StreamFilter("key == 'int'")
		void takeInt(int value) {
			this.received.put("int", value);
		}

		@StreamHandler
		@StreamFilter("key == 'double'")
		void takeDouble(double value) {
			this.received.put("double", value);
		}

		@StreamHandler
		@StreamFilter("key == 'boolean'")
		void takeBoolean(boolean value) {
			this.received.put("boolean", value);
		}

		@StreamHandler
		@StreamFilter("key == 'map'")
		void takeMap(Map<String, Object> value) {
			this.received.put("map", value);
		}

		@StreamHandler
		@StreamFilter("key == 'list'")
		void takeList(List<String> value) {
			this.received.put("list", value);
		}

		@StreamHandler
		@StreamFilter("key == 'instant'")
		void takeInstant(Instant value) {
			this.received.put("instant", value);
		}

		@StreamHandler
		@StreamFilter("key == 'model'")
		void takeModel(Model value) {
			this.received.put("model", value);
		}

		@StreamHandler
		@StreamFilter("key == 'models'")
		void takeModels(List<Model> value) {
			this.received.put("models", value);
		}

		@StreamHandler
		@StreamFilter("key == 'enum'")
		void takeEnum(Color value) {
			this.received.put("enum", value);
		}

		@StreamHandler
		@StreamFilter("key == 'set'")
		void takeSet(Set<Integer> value) {
			this.received.put("set", value);
		}

		@StreamHandler
		@StreamFilter("key == 'model as map'")
		void takeModelAsMap(Map<String, Object> value) {
			this.received.put("model as map", value);
		}

		@StreamHandler
		@StreamFilter("key == 'map as model'")
		void takeMapAsModel(Model value) {
			this.received.put("map as model", value);
		}

		@StreamHandler
		@StreamFilter("key == 'number text'")
		void takeNumberText(int value) {
			this.received.put("number text", value);
		}

	}

	enum Color {

		RED

	}

	record Model(String name, int count) {

	}

}
