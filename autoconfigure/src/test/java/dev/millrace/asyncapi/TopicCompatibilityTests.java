package dev.millrace.asyncapi;

import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Compatibility} of topics that a template or a pattern takes.
 */
class TopicCompatibilityTests {

	@Test
	void topicsThatATemplateDoesNotTakeAnyMoreBreak() {
		String wide = template("{'enum': ['info', 'warn']}");
		String narrow = template("{'enum': ['info']}");
		String any = template("{'description': 'Any text without a dot.'}");

		assertThat(changes(wide, narrow))
			.containsExactly("receive from 'logs.{level}': parameters.level: the value warn is not taken any more");
		assertThat(changes(any, narrow))
			.containsExactly("receive from 'logs.{level}': parameters.level: its enum was not restricted and is info");
		assertThat(changes(narrow, wide)).isEmpty();
		assertThat(changes(wide, any)).isEmpty();
		assertThat(changes(wide, wide)).isEmpty();
	}

	@Test
	void otherExpressionOfATemplateBreaks() {
		String one = template("{'description': 'Matches the regular expression `h\\\\d+`.'}");
		String other = template("{'description': 'Matches the regular expression `x\\\\d+`.'}");

		assertThat(changes(one, other))
			.containsExactly("receive from 'logs.{level}': parameters.level: its pattern was h\\d+ and is x\\d+");
		assertThat(changes(one, one)).isEmpty();
	}

	@Test
	void templateMayBeTakenBesideAnother() {
		String one = template("{'enum': ['info']}");
		String two = template("{'enum': ['info']}", "{'enum': ['warn']}");

		assertThat(changes(one, two)).isEmpty();
		assertThat(changes(two, one))
			.containsExactly("receive from 'logs.{level}': parameters.level: the value warn is not taken any more");
	}

	@Test
	void patternThatIsNotReadAnyMoreBreaks() {
		String audit = pattern("audit-.*");
		String both = pattern("audit-.*", "billing-.*");

		assertThat(changes(audit, pattern("billing-.*")))
			.containsExactly("The application does not receive from 'audit-.*' any more");
		assertThat(changes(both, audit)).containsExactly("The application does not receive from 'billing-.*' any more");
		assertThat(changes(audit, both)).isEmpty();
	}

	private static String template(String... parameters) {
		return reading("logs.{level}", "level", parameters);
	}

	private static String pattern(String... expressions) {
		return reading("{topic}", "topic",
				Stream.of(expressions)
					.map("{'description': 'Matches the regular expression `%s`.'}"::formatted)
					.toArray(String[]::new));
	}

	private static String reading(String address, String parameter, String... parameters) {
		ObjectNode document = tree("{\"channels\": {}, \"operations\": {}}");
		for (int i = 0; i < parameters.length; i++) {
			document.withObject("/channels/c" + i)
				.put("address", address)
				.putObject("parameters")
				.set(parameter, tree(parameters[i].replace('\'', '"')));
			document.withObject("/operations/o" + i)
				.put("action", "receive")
				.putObject("channel")
				.put("$ref", "#/channels/c" + i);
		}
		return document.toString();
	}

	private static List<String> changes(String earlier, String current) {
		return new AsyncApiDocument(tree(current)).breakingChangesSince(new AsyncApiDocument(tree(earlier)));
	}

	private static ObjectNode tree(String text) {
		return (ObjectNode) JsonMapper.shared().readTree(text);
	}

}
