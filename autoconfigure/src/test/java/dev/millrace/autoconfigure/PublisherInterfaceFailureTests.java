package dev.millrace.autoconfigure;

import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;
import reactor.core.publisher.Mono;

import dev.millrace.PublishResult;
import dev.millrace.annotation.Key;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.config.PublisherInterfaces;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interfaces with methods that can't publish.
 */
class PublisherInterfaceFailureTests {

	@ParameterizedTest
	@MethodSource("interfaces")
	void interfaceIsRefused(Class<?> type, String description, String action) {
		Refused.type = type;
		FailureAnalysis report = StartupFailure.of(Refused.class);

		assertThat(report.getDescription()).contains(type.getName() + ".").contains(description);
		assertThat(report.getAction()).contains(action);
	}

	static Stream<Arguments> interfaces() {
		return Stream.of(
				Arguments.of(NoTopic.class, "publishes to no topic.", "Name the topic: @StreamPublisher(\"...\")."),
				Arguments.of(IllegalTopic.class, "names the topic 'a b', which is not a legal name.", "letters"),
				Arguments.of(NoAnnotation.class, "has no @StreamPublisher.", "or implement it as a default method."),
				Arguments.of(Two.class, "has more than one @StreamPublisher.", "Give each of its methods one"),
				Arguments.of(NoBody.class, "has no parameter for the body.", "@Payload"),
				Arguments.of(TwoBodies.class, "has several parameters for the body.", "@Key, @Header or @Headers"),
				Arguments.of(TwoKeys.class, "has a parameter and an expression for the key.", "Leave one of them out."),
				Arguments.of(NoMap.class, "has a parameter with @Headers that is no Map.", "Map<String, String>"),
				Arguments.of(UnresolvedHeader.class, "holds '${no.such.header}', which can't be resolved.",
						"Define the property"),
				Arguments.of(Result.class, "returns java.lang.String.", "CompletionStage<PublishResult>"),
				Arguments.of(OtherStage.class, "returns java.util.concurrent.CompletionStage<java.lang.String>.",
						"CompletionStage<PublishResult>"),
				Arguments.of(OfMono.class, "returns reactor.core.publisher.Mono<", "CompletionStage<PublishResult>"),
				Arguments.of(WrongKey.class, "reads the property 'id', which java.lang.String does not have.",
						"Name a property"),
				Arguments.of(Record.class, "reads the variable #record, which does not exist.",
						"The root is the published value; there is nothing else."));
	}

	interface UnresolvedHeader {

		@StreamPublisher("a")
		void publish(@Header("${no.such.header}") String header, String body);

	}

	interface NoTopic {

		@StreamPublisher
		void publish(String body);

	}

	interface IllegalTopic {

		@StreamPublisher("a b")
		void publish(String body);

	}

	interface NoAnnotation {

		void publish(String body);

	}

	interface Two {

		@StreamPublisher("a")
		@StreamPublisher("b")
		void publish(String body);

	}

	interface NoBody {

		@StreamPublisher("a")
		void publish(@Key String key);

	}

	interface TwoBodies {

		@StreamPublisher("a")
		void publish(String one, String other);

	}

	interface TwoKeys {

		@StreamPublisher(topic = "a", key = "length()")
		void publish(@Key String key, String body);

	}

	interface NoMap {

		@StreamPublisher("a")
		void publish(@Headers String headers, String body);

	}

	interface Result {

		@StreamPublisher("a")
		String publish(String body);

	}

	interface OtherStage {

		@StreamPublisher("a")
		CompletionStage<String> publish(String body);

	}

	interface OfMono {

		@StreamPublisher("a")
		Mono<PublishResult> publish(String body);

	}

	interface WrongKey {

		@StreamPublisher(topic = "a", key = "id")
		void publish(String body);

	}

	interface Record {

		@StreamPublisher(topic = "a", key = "#record.topic()")
		void publish(String body);

	}

	/**
	 * Asks for one of the interfaces.
	 */
	static class Refused {

		private static Class<?> type = NoTopic.class;

		Refused(PublisherInterfaces interfaces) {
			interfaces.implement(type);
		}

	}

}
