package dev.millrace.handler;

import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;

import dev.millrace.DecodingException;
import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.Path;
import dev.millrace.codec.TestRecord;
import dev.millrace.endpoint.Subscription;
import dev.millrace.endpoint.TopicTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link PathArgumentResolver}.
 */
class PathArgumentResolverTests {

	private final Subscription templates = new Subscription.Templates(
			List.of(TopicTemplate.parse("in-{kind}"), TopicTemplate.parse("other-{kind}-{number}")));

	@Test
	void variableThatTheTopicDoesNotHaveIsMissing() throws Exception {
		assertThat(TestHandler.of(new Handler()).reading(this.templates).handle(TestRecord.text("x")))
			.isEqualTo(List.of("topic", Optional.empty()));
		assertThatExceptionOfType(DecodingException.class)
			.isThrownBy(() -> TestHandler.of(new Demanding()).reading(this.templates).handle(TestRecord.text("x")))
			.withMessageContaining("in-topic-2@42 has no path variable 'number' for parameter 'number'");
	}

	@Test
	void placeholdersInTheNameAreResolved() throws Exception {
		class Named {

			Object handle(String body, @Path("${variable}") String value) {
				return value;
			}

		}

		assertThat(TestHandler.of(new Named())
			.reading(this.templates)
			.resolving((text) -> text.replace("${variable}", "kind"))
			.handle(TestRecord.text("x"))).isEqualTo("topic");
	}

	@Test
	void variableOfNoTemplateIsRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> TestHandler.of(new Mistaken()).reading(this.templates).create())
			.withMessageContaining("takes the path variable 'level', but there are only [kind, number].");
	}

	@Test
	void variableWithoutATemplateIsRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> TestHandler.of(new Mistaken()).create())
			.withMessageContaining("takes the path variable 'level', but its subscriber names no template.");
	}

	static class Handler {

		Object handle(String body, @Path String kind, @Path Optional<Integer> number) {
			return List.of(kind, number);
		}

	}

	static class Demanding {

		void handle(String body, @Path int number) {
		}

	}

	static class Mistaken {

		void handle(String body, @Path String level) {
		}

	}

}
