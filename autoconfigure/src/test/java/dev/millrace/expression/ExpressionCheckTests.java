package dev.millrace.expression;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.ResolvableType;

import dev.millrace.StreamConfigurationException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

/**
 * Tests for {@link ExpressionCheck}.
 */
class ExpressionCheckTests {

	@ParameterizedTest
	@CsvSource(quoteCharacter = '"',
			value = { "idd,idd", "account.idd,idd", "payload.name.foo,foo", "'a' + idd,idd", "id.size,size",
					"id.concat(idd),idd", "#record.topic().foo,foo", "(idd),idd", "id != null ? idd : 'x',idd",
					"#root.idd,idd", "account.secret,secret", "account.hidden,hidden", "account.class,class" })
	void propertyThatDoesNotExistOrCantBeReadIsAnError(String expression, String property) {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> check(expression, Order.class))
			.satisfies((ex) -> {
				assertThat(ex.description()).startsWith("The key of 'x' '" + expression + "' reads the property '")
					.contains("'" + property + "', which ")
					.endsWith(" does not have.");
				assertThat(ex.action()).contains("Name a property").endsWith("\"'" + expression + "'\".");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "idd()", "id.substrin(1)", "id.substring()", "#record.kee()", "account.hiddenMethod()",
			"account.hashCode()", "T(java.util.UUID).randomUUID()" })
	void methodThatDoesNotExistOrCantBeCalledIsAnError(String expression) {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> check(expression, Order.class));
	}

	@Test
	void errorNamesTheMethod() {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> check("id.idd(1)", Order.class))
			.satisfies((ex) -> {
				assertThat(ex.description()).isEqualTo("The key of 'x' 'id.idd(1)' calls the method 'idd', "
						+ "which java.lang.String does not have with 1 arguments.");
				assertThat(ex.action()).isEqualTo("Call a public method of the published value or of #record.");
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "T(java.lang.Math).random()", "new String('x')", "@bean", "@bean.name", "id = 'x'",
			"#fun('x')", "id.concat(T(String).valueOf(1))" })
	void whatTheEvaluationRefusesIsAnError(String expression) {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> check(expression, Order.class))
			.satisfies((ex) -> {
				assertThat(ex.description()).startsWith("The key of 'x' '" + expression + "' holds '")
					.endsWith("', which can't be evaluated.");
				assertThat(ex.action())
					.isEqualTo("Read properties and call methods of the published value or of #record, nothing else.");
			});
	}

	@Test
	void unknownVariableIsAnError() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> check("#message.id", Order.class))
			.satisfies((ex) -> assertThat(ex.description())
				.endsWith("reads the variable #message, which does not exist."));
	}

	@ParameterizedTest
	@ValueSource(strings = { "id +", "id)", "'open" })
	void textThatIsNoExpressionIsAnError(String expression) {
		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> check(expression, Order.class))
			.satisfies((ex) -> {
				assertThat(ex.description()).startsWith("The key of 'x' is not an expression: '" + expression + "' (");
				assertThat(ex.action()).contains("SpEL").contains("quotes");
				assertThat(ex).hasCauseInstanceOf(Exception.class);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "id", "account.id", "account.open", "payload.name.id", "id.length()", "items[0].anything",
			"items.![foo]", "items.?[foo == 1].size()", "tags.foo", "shape.radius", "base.more", "any.thing.at.all()",
			"#record.key()", "#record.value().length", "#record.timestamp() / 1000", "id.formatted('x', 1, 2)",
			"account.flag", "account.toString()", "{id, account.id}", "id?.trim()" })
	void whatExistsOrCantBeToldIsAccepted(String expression) {
		assertThatNoException().isThrownBy(() -> check(expression, Order.class));
	}

	@Test
	void namesInAProjectionAreNotThoseOfTheRoot() {
		assertThatNoException().isThrownBy(() -> check("![id]", ArrayList.class));
	}

	@Test
	void genericTypeOfTheValueIsKnown() {
		ResolvableType type = ResolvableType.forClassWithGenerics(Envelope.class, Order.class);

		assertThatNoException()
			.isThrownBy(() -> RecordExpression.parse("name.id", ExpressionRoot.published(type), "key of 'x'"));
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> RecordExpression.parse("name.idd", ExpressionRoot.published(type), "key of 'x'"));
	}

	private static void check(String expression, Class<?> type) {
		RecordExpression.parse(expression, ExpressionRoot.published(ResolvableType.forClass(type)), "key of 'x'");
	}

	/**
	 * Generic value.
	 */
	record Envelope<T>(T name) {

	}

	/**
	 * Value with properties of several kinds.
	 */
	record Order(String id, Account account, Envelope<Account> payload, List<Account> items, Map<String, String> tags,
			Shape shape, Base base, Object any) {

	}

	/**
	 * Value with members that can't be read.
	 */
	public static class Account {

		public int open;

		public boolean flag;

		int hidden;

		private final String secret = "x";

		public String getId() {
			return this.secret;
		}

		private String hiddenMethod() {
			return this.secret;
		}

		@Override
		public String toString() {
			return hiddenMethod();
		}

	}

	/**
	 * Interface whose implementations have more.
	 */
	interface Shape {

	}

	/**
	 * Class whose subclasses have more.
	 */
	abstract static class Base {

	}

}
