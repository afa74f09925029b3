package dev.millrace.endpoint;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link TopicTemplate} and {@link Subscription.Templates}.
 */
class TopicTemplateTests {

	@Test
	void variableIsASegment() {
		TopicTemplate template = TopicTemplate.parse("logs.{level}.{app_name}");

		assertThat(template.variables()).containsExactly("level", "app_name");
		assertThat(template.match("logs.info.web-shop")).containsExactly(Map.entry("level", "info"),
				Map.entry("app_name", "web-shop"));
	}

	@ParameterizedTest
	@CsvSource({ "logs.info.extra", "logsXinfo", "logs.", "prefix.logs.info", "logs.info.", "Logs.info" })
	void wholeNameHasToFit(String topic) {
		assertThat(TopicTemplate.parse("logs.{level}").match(topic)).isNull();
	}

	@Test
	void variableMayHaveAnExpressionOfItsOwn() {
		TopicTemplate template = TopicTemplate.parse("orders.{country:[a-z]{2}}.v{version:\\d+}");

		assertThat(template.match("orders.de.v12")).containsEntry("country", "de").containsEntry("version", "12");
		assertThat(template.match("orders.deu.v12")).isNull();
		assertThat(template.match("orders.de.vx")).isNull();
	}

	@Test
	void expressionWithGroupsDoesNotShiftTheVariables() {
		assertThat(TopicTemplate.parse("{a:(x)|(y)}.{b}").match("y.z")).containsEntry("a", "y").containsEntry("b", "z");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
			logs.{level}.{level} | the variable 'level' is there twice
			logs.{               | 'logs.{' can be in no topic's name
			logs/{level}         | 'logs/' can be in no topic's name
			logs.{a:[}           | Unclosed
			{}                   | '{}' can be in no topic's name
			""")
	void whatIsNoTemplateIsRefused(String text, String problem) {
		assertThatIllegalArgumentException().isThrownBy(() -> TopicTemplate.parse(text)).withMessageContaining(problem);
	}

	@Test
	void subscriptionReadsWhatFitsOneOfItsTemplates() {
		Subscription subscription = new Subscription.Templates(List.of(TopicTemplate.parse("logs.{level}"),
				TopicTemplate.parse("audit"), TopicTemplate.parse("x-{y}")));

		assertThat(List.of("logs.info", "audit")).allMatch(subscription::reads);
		assertThat(List.of("logs", "audit.x", "xaudit", "logs.a.b")).noneMatch(subscription::reads);
		assertThat(subscription.path("logs.info")).containsExactly(Map.entry("level", "info"));
		assertThat(subscription.path("audit")).isEmpty();
		assertThat(subscription).hasToString("logs.{level}, audit, x-{y}");
	}

}
