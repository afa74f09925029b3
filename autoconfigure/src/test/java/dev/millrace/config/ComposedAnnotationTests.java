package dev.millrace.config;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AliasFor;

import dev.millrace.Ordering;
import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EndpointReader}: composed and inherited annotations.
 */
class ComposedAnnotationTests {

	private final TestReader reader = new TestReader();

	@Test
	void composedAnnotationPassesItsAttributesOn() {
		SubscriberEndpoint endpoint = this.reader.read(Composed.class);

		assertThat(endpoint.subscription().topics()).containsExactly("own");
		assertThat(endpoint.flow().ordering()).isEqualTo(Ordering.NONE);
		assertThat(endpoint.flow().concurrency()).isEqualTo(50);
		assertThat(endpoint.publishers()).extracting(PublisherEndpoint::topic)
			.containsExactlyInAnyOrder("audit", "extra");
	}

	@Test
	void annotationOfAnInterfaceIsFound() {
		SubscriberEndpoint endpoint = this.reader.read(Implementation.class);

		assertThat(endpoint.subscription().topics()).containsExactly("in");
		assertThat(endpoint.publishers()).extracting(PublisherEndpoint::topic).containsExactly("out");
	}

	@Test
	void annotationOfTheMethodReplacesTheOneThatItOverrides() {
		List<SubscriberEndpoint> endpoints = this.reader.readAll(Overriding.class);

		assertThat(endpoints).singleElement()
			.satisfies((endpoint) -> assertThat(endpoint.subscription().topics()).containsExactly("other"));
		assertThat(endpoints.get(0).publishers()).extracting(PublisherEndpoint::topic).containsExactly("out");
	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@StreamSubscriber(ordering = Ordering.NONE, concurrency = "50")
	@StreamPublisher("audit")
	@interface Audited {

		@AliasFor(annotation = StreamSubscriber.class, attribute = "topics")
		String[] from();

	}

	static class Composed {

		@Audited(from = "own")
		@StreamPublisher("extra")
		String handle(String body) {
			return body;
		}

	}

	interface Contract {

		@StreamSubscriber("in")
		@StreamPublisher("out")
		String handle(String body);

	}

	static class Implementation implements Contract {

		@Override
		public String handle(String body) {
			return body;
		}

	}

	static class Overriding implements Contract {

		@Override
		@StreamSubscriber("other")
		public String handle(String body) {
			return body;
		}

	}

}
