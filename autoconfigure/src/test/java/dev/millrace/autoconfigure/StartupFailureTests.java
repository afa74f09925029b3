package dev.millrace.autoconfigure;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

import javax.tools.ToolProvider;

import org.apache.kafka.common.serialization.Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.kafka.support.Acknowledgment;
import reactor.core.publisher.Mono;

import dev.millrace.annotation.Key;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.faststream.Behaviour;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what is reported when a declaration can't work: which bean, which method,
 * what is wrong and what to do.
 */
class StartupFailureTests {

	@Test
	void subscriberWithoutAGroup() {
		FailureAnalysis report = StartupFailure.of(Plain.class, "spring.application.name=");

		assertThat(report.getDescription()).contains("Plain.handle(String) of bean '", "has no consumer group.");
		assertThat(report.getAction()).contains("spring.application.name", "groupId");
	}

	@Test
	void codecThatDoesNotExist() {
		FailureAnalysis report = StartupFailure.of(NoCodec.class, "codec=csv");

		assertThat(report.getDescription()).contains("NoCodec.handle(String) of bean '")
			.endsWith("names the codec 'csv', which does not exist.");
		assertThat(report.getAction()).startsWith("Declare a bean of type dev.millrace.codec.StreamCodec");
	}

	@Test
	void contentTypeThatNothingCanWrite() {
		FailureAnalysis report = StartupFailure.of(NoCodecToPublish.class);

		assertThat(report.getDescription()).startsWith("Publisher 'out' of NoCodecToPublish.handle(String) of bean '")
			.endsWith("' asks for the content type 'application/xml', as which nothing can write java.lang.Integer.");
		assertThat(report.getAction()).startsWith("Declare a bean of type dev.millrace.codec.StreamCodec");
	}

	@Test
	void serializerThatCantBeMade() {
		FailureAnalysis report = StartupFailure.of(Plain.class,
				"spring.kafka.producer.value-serializer=" + Unmakeable.class.getName());

		assertThat(report.getDescription()).contains(Unmakeable.class.getName());
		assertThat(report.getAction()).contains("spring.kafka");
	}

	@Test
	@Behaviour(195)
	void subscriberWithoutATopic() {
		FailureAnalysis report = StartupFailure.of(NoTopic.class);

		assertThat(report.getDescription()).startsWith("NoTopic.handle(String) of bean '")
			.endsWith("' subscribes to no topic.");
		assertThat(report.getAction()).isEqualTo("Give the subscriber either topics or a pattern.");
	}

	@Test
	@Behaviour(195)
	void subscriberWithTopicsAndAPattern() {
		FailureAnalysis report = StartupFailure.of(TopicAndPattern.class);

		assertThat(report.getDescription()).startsWith("TopicAndPattern.handle(String) of bean '")
			.endsWith("' subscribes to topics and a pattern together.");
		assertThat(report.getAction()).isEqualTo("Give the subscriber either topics or a pattern.");
	}

	@Test
	void patternThatIsNoRegularExpression() {
		FailureAnalysis report = StartupFailure.of(NoPattern.class);

		assertThat(report.getDescription()).startsWith("NoPattern.handle(String) of bean '")
			.endsWith("' has the pattern '(', which is not a regular expression.");
		assertThat(report.getAction()).isNotEmpty();
	}

	@Test
	void twoSubscribersWithOneId() {
		FailureAnalysis report = StartupFailure.of(SameId.class);

		assertThat(report.getDescription()).startsWith("Two subscribers have the id 'same': ")
			.contains("SameId.first(String) of bean '", "SameId.second(String) of bean '");
		assertThat(report.getAction()).contains("@StreamSubscriber(id = \"...\")");
	}

	@Test
	void parameterThatNothingCanFill() {
		FailureAnalysis report = StartupFailure.of(TwoPayloads.class);

		assertThat(report.getDescription()).contains("TwoPayloads.handle(String, Acknowledgment) of bean '");
		assertThat(report.getAction()).isNotEmpty();
	}

	@Test
	void fieldsWhoseNamesTheClassDoesNotHave(@TempDir Path directory) throws Exception {
		Path source = Files.writeString(directory.resolve("Nameless.java"), """
				public class Nameless {
					@dev.millrace.annotation.StreamSubscriber("in")
					void handle(String user, int userId) { }
				}
				""");
		int result = ToolProvider.getSystemJavaCompiler()
			.run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d",
					directory.toString(), source.toString());
		assertThat(result).isZero();
		URL[] path = { directory.toUri().toURL() };
		try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
			FailureAnalysis report = StartupFailure.of(loader.loadClass("Nameless"));

			assertThat(report.getDescription()).contains(
					"parameter 1 (java.lang.String) of " + "Nameless.handle(String, int) of bean 'nameless'",
					"its name is not known");
			assertThat(report.getAction()).contains("-parameters", "@JsonProperty");
		}
	}

	@ParameterizedTest
	@ValueSource(classes = { VoidPublisher.class, VoidFuturePublisher.class, VoidMonoPublisher.class,
			VoidOptionalPublisher.class })
	void publisherOfAMethodThatReturnsNothing(Class<?> handler) {
		FailureAnalysis report = StartupFailure.of(handler);

		assertThat(report.getDescription()).startsWith(handler.getSimpleName() + ".handle(String) of bean '")
			.endsWith("' has @StreamPublisher but returns nothing to publish.");
		assertThat(report.getAction()).isEqualTo("Return the value to publish, or remove @StreamPublisher.");
	}

	@Test
	void publisherWithoutASubscriber() {
		FailureAnalysis report = StartupFailure.of(OnlyPublisher.class);

		assertThat(report.getDescription()).startsWith("OnlyPublisher.handle(String) of bean '")
			.contains("has @StreamPublisher but no @StreamSubscriber");
		assertThat(report.getAction()).isEqualTo("Add @StreamSubscriber, or remove @StreamPublisher.");
	}

	@Test
	@Behaviour(139)
	void publisherWithoutATopic() {
		FailureAnalysis report = StartupFailure.of(PublisherWithoutTopic.class);

		assertThat(report.getDescription()).startsWith("PublisherWithoutTopic.handle(String) of bean '")
			.endsWith("' publishes to no topic.");
		assertThat(report.getAction()).contains("@StreamPublisher");
	}

	@ParameterizedTest
	@CsvSource({ "idd,reads the property", "id +,is not an expression", "T(java.lang.Math).random(),can't be evaluated",
			"id.size2(),calls the method" })
	void keyThatCantBeEvaluated(String key, String problem) {
		FailureAnalysis report = StartupFailure.of(Keyed.class, "key=" + key);

		assertThat(report.getDescription()).startsWith("The key of publisher 'out' of Keyed.handle(String) of bean '")
			.contains(problem, key);
		assertThat(report.getAction()).isNotEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "a,b", "a b", "ä", ".", "..", "a/b" })
	void topicWithANameThatKafkaRefuses(String topic) {
		FailureAnalysis report = StartupFailure.of(Plain.class, "topic=" + topic);

		assertThat(report.getDescription()).startsWith("Plain.handle(String) of bean '")
			.endsWith("' names the topic '" + topic + "', which is not a legal name.");
		assertThat(report.getAction()).contains("letters").contains("split(',')");
	}

	@Test
	void placeholderWithoutAValue() {
		FailureAnalysis report = StartupFailure.of(Unresolved.class);

		assertThat(report.getDescription()).startsWith("Unresolved.handle(String) of bean '")
			.endsWith("' holds '${no.such.property}', which can't be resolved.");
		assertThat(report.getAction()).isEqualTo("Define the property or correct the expression.");
	}

	@Test
	void expressionThatNamesNoBean() {
		FailureAnalysis report = StartupFailure.of(NoBean.class);

		assertThat(report.getDescription()).startsWith("NoBean.handle(String) of bean '")
			.endsWith("' holds '#{@noSuchBean}', which can't be resolved.");
		assertThat(report.getAction()).isEqualTo("Define the property or correct the expression.");
	}

	static class Plain {

		@StreamSubscriber("${topic:in}")
		void handle(String body) {
		}

	}

	public static class Unmakeable implements Serializer<Object> {

		@Override
		public void configure(Map<String, ?> configs, boolean isKey) {
			throw new IllegalArgumentException("No registry URL");
		}

		@Override
		public byte[] serialize(String topic, Object data) {
			return new byte[0];
		}

	}

	static class NoCodec {

		@StreamSubscriber(topics = "in", codec = "${codec}")
		void handle(String body) {
		}

	}

	static class NoCodecToPublish {

		@StreamSubscriber("in")
		@StreamPublisher(topic = "out", contentType = "application/xml")
		Integer handle(String body) {
			return 1;
		}

	}

	static class NoTopic {

		@StreamSubscriber
		void handle(String body) {
		}

	}

	static class TopicAndPattern {

		@StreamSubscriber(topics = "a", pattern = "b")
		void handle(String body) {
		}

	}

	static class NoPattern {

		@StreamSubscriber(pattern = "(")
		void handle(String body) {
		}

	}

	static class SameId {

		@StreamSubscriber(topics = "in", id = "same")
		void first(String body) {
		}

		@StreamSubscriber(topics = "in", id = "same")
		void second(String body) {
		}

	}

	static class TwoPayloads {

		@StreamSubscriber("in")
		void handle(@Key String key, Acknowledgment acknowledgment) {
		}

	}

	static class VoidPublisher {

		@StreamSubscriber("in")
		@StreamPublisher("out")
		void handle(String body) {
		}

	}

	static class VoidFuturePublisher {

		@StreamSubscriber("in")
		@StreamPublisher("out")
		CompletableFuture<Void> handle(String body) {
			return new CompletableFuture<>();
		}

	}

	static class VoidMonoPublisher {

		@StreamSubscriber("in")
		@StreamPublisher("out")
		Mono<Void> handle(String body) {
			return Mono.empty();
		}

	}

	static class VoidOptionalPublisher {

		@StreamSubscriber("in")
		@StreamPublisher("out")
		CompletableFuture<Optional<Void>> handle(String body) {
			return new CompletableFuture<>();
		}

	}

	static class OnlyPublisher {

		@StreamPublisher("out")
		String handle(String body) {
			return body;
		}

	}

	static class PublisherWithoutTopic {

		@StreamSubscriber("in")
		@StreamPublisher
		String handle(String body) {
			return body;
		}

	}

	static class Keyed {

		@StreamSubscriber("in")
		@StreamPublisher(topic = "out", key = "${key}")
		Order handle(String body) {
			return new Order(body);
		}

	}

	/**
	 * Published value.
	 */
	record Order(String id) {

	}

	static class Unresolved {

		@StreamSubscriber("${no.such.property}")
		void handle(String body) {
		}

	}

	static class NoBean {

		@StreamSubscriber("#{@noSuchBean}")
		void handle(String body) {
		}

	}

}
