package dev.millrace.faststream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;

import dev.millrace.StreamRecord;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.codec.InboundRecord;
import dev.millrace.codec.OutboundRecord;
import dev.millrace.codec.StreamCodec;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Several records at once: what FastStream's tests of batches show.
 */
@Timeout(120)
class BatchConformanceIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private static final TestCluster CLUSTER = TestCluster.shared();

	private static final String NAME = TestCluster.newName("batch");

	private static final List<String> RESULTS = List.of("none", "empty", "single", "each", "more", "keyed", "default");

	private static TestApplication application;

	private static Handlers handlers;

	@BeforeAll
	static void start() {
		for (String topic : List.of(".pairs", ".nulls", ".alone", ".grouped", ".results", ".coded")) {
			CLUSTER.create(NAME + topic, 1, Map.of());
		}
		RESULTS.forEach((id) -> CLUSTER.create(NAME + ".out." + id, 1, Map.of()));
		application = TestApplication.start(Handlers.class, "name=" + NAME);
		handlers = application.bean(Handlers.class);
	}

	@AfterAll
	static void stop() {
		application.close();
	}

	@Test
	@Behaviour({ 131, 142, 143 })
	void batchHasTheBodiesAndTheHeadersOfItsRecords() {
		for (String text : List.of("a", "b")) {
			CLUSTER.send(new ProducerRecord<>(NAME + ".pairs", null, (byte[]) null, TestCluster.bytes(text),
					new RecordHeaders().add("n", TestCluster.bytes("of " + text))));
		}

		await().atMost(LONG).until(() -> CLUSTER.committed("test.pairs", NAME + ".pairs") == 2);
		assertThat(handlers.pairs).containsExactly(List.of("a", "b"), List.of("of a", "of b"));
	}

	@Test
	@Behaviour(151)
	void recordWithoutABodyIsAnElementThatIsNull() {
		CLUSTER.send(NAME + ".nulls", "k", null);
		CLUSTER.send(NAME + ".nulls", "k", "x");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.nulls", NAME + ".nulls") == 2);
		assertThat(handlers.nulls).containsExactly(Arrays.asList(null, "x"));
	}

	@Test
	@Behaviour(130)
	void singleRecordIsABatchAfterAWhile() {
		CLUSTER.send(NAME + ".alone", null, "x");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.alone", NAME + ".alone") == 1);
		assertThat(handlers.alone).containsExactly(List.of("x"));
	}

	@Test
	@Behaviour({ 137, 138 })
	void everyGroupGetsEachRecordOnce() {
		for (int i = 0; i < 3; i++) {
			CLUSTER.send(NAME + ".grouped", null, String.valueOf(i));
		}

		await().atMost(LONG)
			.until(() -> CLUSTER.committed(NAME + "-one", NAME + ".grouped") == 3
					&& CLUSTER.committed(NAME + "-two", NAME + ".grouped") == 3);
		assertThat(handlers.ofGroupOne).containsExactly("0", "1", "2");
		assertThat(handlers.ofGroupTwo).containsExactly("0", "1", "2");
	}

	@Test
	@Behaviour({ 35, 200, 205, 206, 207, 208, 210 })
	void resultsOfABatchArePublishedOneByOne() {
		CLUSTER.send(NAME + ".results", "k1", "a");
		CLUSTER.send(NAME + ".results", "k2", "b");

		await().atMost(LONG)
			.until(() -> RESULTS.stream().allMatch((id) -> CLUSTER.committed("test." + id, NAME + ".results") == 2));
		assertThat(published("none")).isEmpty();
		assertThat(published("empty")).isEmpty();
		assertThat(published("single")).containsExactly("null=ab");
		assertThat(published("each")).containsExactly("k1=A", "k2=B");
		assertThat(published("more")).containsExactly("null=", "null=b", "null=c");
		assertThat(published("keyed")).containsExactly("n1={\"name\":\"n1\"}", "other={\"name\":null}",
				"n3={\"name\":\"n3\"}");
		assertThat(published("default")).containsExactly("d=a", "d=b");
	}

	@Test
	@Behaviour({ 107, 108 })
	void codecReadsAndWritesEachRecordOfABatch() {
		CLUSTER.send(NAME + ".coded", null, "a");
		CLUSTER.send(NAME + ".coded", null, "b");

		await().atMost(LONG).until(() -> CLUSTER.committed("test.coded", NAME + ".coded") == 2);
		assertThat(CLUSTER.values(NAME + ".coded.out")).containsExactly("<a>", "<b>");
	}

	private static List<String> published(String id) {
		return CLUSTER.read(NAME + ".out." + id)
			.stream()
			.map((record) -> TestCluster.text(record.key()) + "=" + TestCluster.text(record.value()))
			.toList();
	}

	@Configuration(proxyBeanMethods = false)
	static class Handlers {

		final Queue<List<@Nullable String>> pairs = new ConcurrentLinkedQueue<>();

		final Queue<List<@Nullable String>> nulls = new ConcurrentLinkedQueue<>();

		final Queue<List<String>> alone = new ConcurrentLinkedQueue<>();

		final Queue<String> ofGroupOne = new ConcurrentLinkedQueue<>();

		final Queue<String> ofGroupTwo = new ConcurrentLinkedQueue<>();

		@Bean
		StreamCodec brackets() {
			return new Brackets();
		}

		@Bean
		Results results() {
			return new Results();
		}

		@StreamSubscriber(topics = "${name}.pairs", id = "pairs", batch = true, maxRecords = "2", maxWait = "30s")
		void pairs(List<@Nullable String> bodies, List<StreamRecord> records) {
			this.pairs.add(bodies);
			this.pairs.add(records.stream().map((record) -> record.header("n")).toList());
		}

		@StreamSubscriber(topics = "${name}.nulls", id = "nulls", batch = true, maxRecords = "2", maxWait = "30s")
		void nulls(List<@Nullable String> bodies) {
			this.nulls.add(bodies);
		}

		@StreamSubscriber(topics = "${name}.alone", id = "alone", batch = true)
		void alone(List<String> bodies) {
			this.alone.add(bodies);
		}

		@StreamSubscriber(topics = "${name}.grouped", id = "first", groupId = "${name}-one", batch = true)
		@StreamSubscriber(topics = "${name}.grouped", id = "second", groupId = "${name}-one", batch = true)
		void one(List<String> bodies) {
			this.ofGroupOne.addAll(bodies);
		}

		@StreamSubscriber(topics = "${name}.grouped", id = "third", groupId = "${name}-two", batch = true)
		void two(List<String> bodies) {
			this.ofGroupTwo.addAll(bodies);
		}

		@StreamSubscriber(topics = "${name}.coded", id = "coded", batch = true, maxRecords = "2", maxWait = "30s")
		@StreamPublisher("${name}.coded.out")
		List<Text> coded(List<Text> texts) {
			return texts;
		}

	}

	static class Results {

		@StreamSubscriber(topics = "${name}.results", id = "none", batch = true, maxRecords = "2", maxWait = "30s")
		@StreamPublisher("${name}.out.none")
		@Nullable List<String> none(List<String> bodies) {
			return null;
		}

		@StreamSubscriber(topics = "${name}.results", id = "empty", batch = true, maxRecords = "2", maxWait = "30s")
		@StreamPublisher("${name}.out.empty")
		List<String> empty(List<String> bodies) {
			return List.of();
		}

		@StreamSubscriber(topics = "${name}.results", id = "single", batch = true, maxRecords = "2", maxWait = "30s")
		@StreamPublisher("${name}.out.single")
		String single(List<String> bodies) {
			return String.join("", bodies);
		}

		@StreamSubscriber(topics = "${name}.results", id = "each", batch = true, maxRecords = "2", maxWait = "30s")
		@StreamPublisher("${name}.out.each")
		List<String> each(List<String> bodies) {
			return bodies.stream().map(String::toUpperCase).toList();
		}

		@StreamSubscriber(topics = "${name}.results", id = "more", batch = true, maxRecords = "2", maxWait = "30s")
		@StreamPublisher("${name}.out.more")
		List<String> more(List<String> bodies) {
			return List.of("", "b", "c");
		}

		@StreamSubscriber(topics = "${name}.results", id = "keyed", batch = true, maxRecords = "2", maxWait = "30s")
		@StreamPublisher(topic = "${name}.out.keyed", key = "name ?: 'other'")
		List<Named> keyed(List<String> bodies) {
			return List.of(new Named("n1"), new Named(null), new Named("n3"));
		}

		@StreamSubscriber(topics = "${name}.results", id = "default", batch = true, maxRecords = "2", maxWait = "30s")
		@StreamPublisher(topic = "${name}.out.default", key = "'d'")
		List<String> withDefault(List<String> bodies) {
			return bodies;
		}

	}

	record Named(@Nullable String name) {

	}

	record Text(String text) {

	}

	static class Brackets implements StreamCodec {

		@Override
		public boolean supports(Class<?> type) {
			return type == Text.class;
		}

		@Override
		public Object read(InboundRecord record, ResolvableType target) {
			return new Text("<" + new String(record.body(), StandardCharsets.UTF_8));
		}

		@Override
		public byte[] write(Object value, OutboundRecord record) {
			return TestCluster.bytes(((Text) value).text() + ">");
		}

	}

}
