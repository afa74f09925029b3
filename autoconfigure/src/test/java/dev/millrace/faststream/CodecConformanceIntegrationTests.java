package dev.millrace.faststream;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.ResolvableType;

import dev.millrace.RecordPuller;
import dev.millrace.StreamRecord;
import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberInterceptor;
import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.codec.InboundRecord;
import dev.millrace.codec.StreamCodec;
import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * How bodies become values: what FastStream's tests of parsers, decoders and codecs show.
 */
@Timeout(120)
class CodecConformanceIntegrationTests {

	private static final Duration LONG = Duration.ofSeconds(30);

	private final TestCluster cluster = TestCluster.shared();

	private final String in = this.cluster.newTopic("codec-in", 1);

	@Test
	@Behaviour({ 93, 96, 97 })
	void eachSubscriberReadsAsItSaysAndEachHandlerAsItsTypeSays() {
		try (TestApplication application = TestApplication.start(Several.class, "in=" + this.in)) {
			this.cluster.send(this.in, "shout", "abc");
			await().atMost(LONG)
				.until(() -> List.of("upper", "reversed", "parsed", "types")
					.stream()
					.allMatch((id) -> this.cluster.committed("test." + id, this.in) == 1));
			this.cluster.send(this.in, "whisper", "DEF");
			await().atMost(LONG).until(() -> this.cluster.committed("test.types", this.in) == 2);
			Several handlers = application.bean(Several.class);
			assertThat(handlers.upper).startsWith("ABC");
			assertThat(handlers.reversed).startsWith("cba");
			assertThat(handlers.parsed).startsWith("parsed abc");
			assertThat(handlers.raw).startsWith(this.in + "-0@0 abc");
			assertThat(application.bean(Typed.class).types).containsExactly("ABC!", "(def)");
		}
	}

	@Test
	@Behaviour({ 82, 83, 104 })
	void codecOfASubscriberWinsOverItsRoutersAndThatOverTheApplications() {
		try (TestApplication application = TestApplication.start(Levels.class, "in=" + this.in,
				"millrace.subscriber.codec=application")) {
			this.cluster.send(this.in, null, "abc");
			await().atMost(LONG)
				.until(() -> List.of("plain", "router", "own")
					.stream()
					.allMatch((id) -> this.cluster.committed("test." + id, this.in) == 1));
			assertThat(application.bean(Levels.class).calls).containsExactlyInAnyOrder("plain: application abc",
					"router: router abc", "own: own abc");
		}
	}

	@Test
	@Behaviour(216)
	void bodyWithoutAContentTypeIsJsonIfItCanBe() {
		try (TestApplication application = TestApplication.start(Anything.class, "in=" + this.in)) {
			this.cluster.send(this.in, null, "{\"a\":[1]}");
			this.cluster.send(this.in, null, "{no");
			await().atMost(LONG)
				.until(() -> this.cluster.committed("test.anything", this.in) == 2
						&& this.cluster.committed("test.bytes", this.in) == 2);
			assertThat(application.bean(Anything.class).bodies).containsExactly(Map.of("a", List.of(1)), "{no");
			assertThat(application.bean(Anything.class).bytes).containsExactly("{\"a\":[1]}", "{no");
		}
	}

	@Test
	@Behaviour({ 98, 99 })
	void recordsThatArePulledAreReadByCodecsWhenTheyAreAsked() {
		this.cluster.send(this.in, null, "abc");
		this.cluster.send(this.in, null, "def");
		try (TestApplication application = TestApplication.start(Pulled.class);
				RecordPuller records = application.bean(StreamSubscribers.class).pull((pull) -> pull.topics(this.in))) {
			Queue<String> read = application.bean(Pulled.class).read;
			StreamRecord first = records.next(LONG).orElseThrow();
			StreamRecord second = records.iterator().next();
			assertThat(read).isEmpty();
			assertThat(second.body(Shout.class)).isEqualTo(new Shout("read def"));
			assertThat(first.body(Shout.class)).isEqualTo(new Shout("read abc"));
			assertThat(read).containsExactly("def", "abc");
		}
	}

	@Test
	@Behaviour(212)
	void bodyIsDecodedOnceForEachTypeThatIsAskedFor() {
		try (TestApplication application = TestApplication.start(Asked.class, "in=" + this.in)) {
			this.cluster.send(this.in, null, "abc");
			this.cluster.send(this.in, null, "def");
			await().atMost(LONG).until(() -> this.cluster.committed("test.asked", this.in) == 2);
			Asked asked = application.bean(Asked.class);
			assertThat(asked.decoded).containsExactly("Object abc", "Shout abc", "Object def", "Shout def");
			assertThat(asked.handled).containsExactly("abc true", "def true");
		}
	}

	private static StreamCodec codec(String name) {
		return (record, target) -> name + " " + text(record);
	}

	private static String text(InboundRecord record) {
		return new String(record.body(), StandardCharsets.UTF_8);
	}

	@Configuration(proxyBeanMethods = false)
	@StreamSubscriber(topics = "${in}", id = "asked", codec = "counting", interceptors = "asking")
	static class Asked {

		final Queue<String> decoded = new ConcurrentLinkedQueue<>();

		final Queue<String> handled = new ConcurrentLinkedQueue<>();

		@Bean
		StreamCodec counting() {
			return (record, target) -> {
				this.decoded.add(target.toClass().getSimpleName() + " " + text(record));
				return (target.toClass() == Shout.class) ? new Shout(text(record)) : text(record);
			};
		}

		@Bean(defaultCandidate = false)
		SubscriberInterceptor asking() {
			return (record, handling) -> {
				record.attributes().put("body", record.body());
				return handling.proceed();
			};
		}

		@StreamHandler
		@StreamFilter("body == 'xyz'")
		void never(String text) {
		}

		@StreamHandler
		@StreamFilter("body != 'xyz' and body.length() == 3")
		void handle(StreamRecord record) {
			boolean same = record.body() == record.attributes().get("body");
			record.body(Shout.class);
			this.handled.add(record.body(Shout.class).text() + " " + same);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Several {

		final Queue<String> upper = new ConcurrentLinkedQueue<>();

		final Queue<String> reversed = new ConcurrentLinkedQueue<>();

		final Queue<String> parsed = new ConcurrentLinkedQueue<>();

		final Queue<String> raw = new ConcurrentLinkedQueue<>();

		@Bean
		StreamCodec upperCase() {
			return (record, target) -> text(record).toUpperCase();
		}

		@Bean
		StreamCodec reverse() {
			return (record, target) -> new StringBuilder(text(record)).reverse().toString();
		}

		@Bean
		StreamCodec shouts() {
			return new TypeCodec(Shout.class, (text) -> new Shout(text.toUpperCase() + "!"));
		}

		@Bean
		StreamCodec whispers() {
			return new TypeCodec(Whisper.class, (text) -> new Whisper("(" + text.toLowerCase() + ")"));
		}

		@Bean(defaultCandidate = false)
		SubscriberInterceptor parser(Several several) {
			return (record, handling) -> {
				ConsumerRecord<byte[], byte[]> source = record.source();
				several.raw
					.add(source.topic() + "-" + source.partition() + "@" + source.offset() + " " + record.body());
				return handling.proceed(new ConsumerRecord<>(source.topic(), source.partition(), source.offset(),
						source.key(), TestCluster.bytes("parsed " + record.body())));
			};
		}

		@Bean
		Typed typed() {
			return new Typed();
		}

		@StreamSubscriber(topics = "${in}", id = "upper", codec = "upperCase")
		void upper(String text) {
			this.upper.add(text);
		}

		@StreamSubscriber(topics = "${in}", id = "reversed", codec = "reverse")
		void reversed(String text) {
			this.reversed.add(text);
		}

		@StreamSubscriber(topics = "${in}", id = "parsed", interceptors = "parser")
		void parsed(String text) {
			this.parsed.add(text);
		}

	}

	@StreamSubscriber(topics = "${in}", id = "types")
	static class Typed {

		final Queue<String> types = new ConcurrentLinkedQueue<>();

		@StreamHandler
		@StreamFilter("key == 'shout'")
		void shout(Shout shout) {
			this.types.add(shout.text());
		}

		@StreamHandler
		void whisper(Whisper whisper) {
			this.types.add(whisper.text());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Levels {

		final Queue<String> calls = new ConcurrentLinkedQueue<>();

		@Bean
		StreamCodec application() {
			return codec("application");
		}

		@Bean
		StreamCodec router() {
			return codec("router");
		}

		@Bean
		StreamCodec own() {
			return codec("own");
		}

		@Bean
		Routed routed(Levels levels) {
			return new Routed(levels.calls);
		}

		@StreamSubscriber(topics = "${in}", id = "plain")
		void handle(String text) {
			this.calls.add("plain: " + text);
		}

		@StreamRouter(codec = "router")
		record Routed(Queue<String> calls) {

			@StreamSubscriber(topics = "${in}", id = "router")
			void router(String text) {
				this.calls.add("router: " + text);
			}

			@StreamSubscriber(topics = "${in}", id = "own", codec = "own")
			void own(String text) {
				this.calls.add("own: " + text);
			}

		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Pulled {

		final Queue<String> read = new ConcurrentLinkedQueue<>();

		@Bean
		StreamCodec shouts(Pulled pulled) {
			return new TypeCodec(Shout.class, (text) -> {
				pulled.read.add(text);
				return new Shout("read " + text);
			});
		}

	}

	static class Anything {

		final Queue<Object> bodies = new ConcurrentLinkedQueue<>();

		final Queue<String> bytes = new ConcurrentLinkedQueue<>();

		@StreamSubscriber(topics = "${in}", id = "anything")
		void handle(Object body) {
			this.bodies.add(body);
		}

		@StreamSubscriber(topics = "${in}", id = "bytes")
		void handle(byte[] body) {
			this.bytes.add(TestCluster.text(body));
		}

	}

	record Shout(String text) {

	}

	record Whisper(String text) {

	}

	record TypeCodec(Class<?> type, Function<String, Object> reader) implements StreamCodec {

		@Override
		public boolean supports(Class<?> type) {
			return this.type == type;
		}

		@Override
		public Object read(InboundRecord record, ResolvableType target) {
			return this.reader.apply(text(record));
		}

	}

}
