package dev.millrace.config;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.StreamSubscriber;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SourcePattern}.
 */
class SourcePatternTests {

	@ParameterizedTest
	@CsvSource({ "orders.*,orders-a,true", "orders.*,orders-a-dlt,false", "orders.*,orders-dlt,false",
			"orders.*,xorders,false", ".*-dlt,a-dlt,true", ".*-dlt,a-dlt-dlt,false", ".*-dlt,a,false",
			"logs.{level},logs.info,true", "logs.{level},logs.info-dlt,false", "logs.{level},logs.a.b,false",
			"(?<a>x|y)-\\1,x-x,true", "(?<a>x|y)-\\1,x-y,false", "(?<a>x|y)-\\1,x-x-dlt,false", "(?i)a.*,ABC,true",
			"(?i)a.*,ABC-dlt,false" })
	void ownDeadLettersAreNotRead(String topics, String topic, boolean read) {
		Class<?> type = topics.contains("{") ? Template.class : Matching.class;

		assertThat(pattern(type, topics).matcher(topic).matches()).isEqualTo(read);
	}

	@Test
	void topicThatAllDeadLettersGoToIsNotRead() {
		Pattern pattern = pattern(Graveyard.class, "or.*");

		assertThat(List.of("orders", "orders-dlt")).allMatch((topic) -> pattern.matcher(topic).matches());
		assertThat(pattern.matcher("or-graveyard").matches()).isFalse();
	}

	@Test
	void everythingIsReadWhereNothingBecomesADeadLetter() {
		assertThat(pattern(NoDeadLetters.class, "or.*").matcher("orders-dlt").matches()).isTrue();
	}

	private static Pattern pattern(Class<?> type, String topics) {
		return Objects.requireNonNull(SourcePattern.of(new TestReader().property("topics", topics).read(type)));
	}

	static class Matching {

		@StreamSubscriber(pattern = "${topics}")
		void handle(String text) {
		}

	}

	static class Template {

		@StreamSubscriber("${topics}")
		void handle(String text) {
		}

	}

	static class Graveyard {

		@StreamSubscriber(pattern = "${topics}")
		@DeadLetter(topic = "or-graveyard")
		void handle(String text) {
		}

	}

	static class NoDeadLetters {

		@StreamSubscriber(pattern = "${topics}")
		@DeadLetter(enabled = false)
		void handle(String text) {
		}

	}

}
