package dev.millrace.config;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.BodySettings;
import dev.millrace.endpoint.PublisherEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EndpointReader}: publishers.
 */
class PublisherEndpointTests {

	private final TestReader reader = new TestReader();

	@Test
	void publisherThatNamesOnlyItsTopicSaysNothingElse() {
		assertThat(this.reader.read(Plain.class).publishers())
			.containsExactly(new PublisherEndpoint("out", null, null, Map.of(), BodySettings.NONE, List.of()));
	}

	@Test
	void everyAttributeOfEachPublisherIsReadInTheirOrder() {
		assertThat(this.reader.property("topic", "second").property("key", "id").read(Several.class).publishers())
			.containsExactly(
					new PublisherEndpoint("first", "'all'", "1", Map.of("source", "test"), BodySettings.NONE,
							List.of()),
					new PublisherEndpoint("second", "id", null, Map.of("empty", "", "odd", "a=b"), BodySettings.NONE,
							List.of()),
					new PublisherEndpoint("third", null, null, Map.of(), new BodySettings("csv", "second/type"),
							List.of()));
	}

	@Test
	void headersKeepTheirOrder() {
		Map<String, String> headers = this.reader.read(Ordered.class).publishers().get(0).headers();

		assertThat(headers.keySet()).containsExactly("h", "g", "f", "e", "d", "c", "b", "a");
	}

	@Test
	void everySubscriberOfTheMethodHasItsPublishers() {
		assertThat(this.reader.readAll(Both.class)).hasSize(2)
			.allSatisfy((endpoint) -> assertThat(endpoint.publishers()).extracting(PublisherEndpoint::topic)
				.isEqualTo(List.of("out", "audit")));
	}

	static class Plain {

		@StreamSubscriber("in")
		@StreamPublisher("out")
		String handle(String body) {
			return body;
		}

	}

	static class Several {

		@StreamSubscriber("in")
		@StreamPublisher(topic = "first", key = "'all'", partition = "1", headers = "source=test")
		@StreamPublisher(topic = "${topic}", key = "${key}", headers = { "empty=", "odd=a=b" })
		@StreamPublisher(topic = "third", codec = "csv", contentType = "${topic}/type")
		String handle(String body) {
			return body;
		}

	}

	static class Ordered {

		@StreamSubscriber("in")
		@StreamPublisher(topic = "out", headers = { "h=1", "g=2", "f=3", "e=4", "d=5", "c=6", "b=7", "a=8" })
		String handle(String body) {
			return body;
		}

	}

	static class Both {

		@StreamSubscriber("a")
		@StreamSubscriber("b")
		@StreamPublisher("out")
		@StreamPublisher("audit")
		String handle(String body) {
			return body;
		}

	}

}
