package dev.millrace.publisher;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.ParseException;
import org.springframework.expression.spel.SpelCompilerMode;
import org.springframework.expression.spel.SpelParserConfiguration;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.expression.spel.support.DataBindingPropertyAccessor;
import org.springframework.expression.spel.support.MapAccessor;
import org.springframework.expression.spel.support.SimpleEvaluationContext;

import dev.millrace.StreamConfigurationException;

/**
 * Expression of a publisher's key or partition. Its root is the published value,
 * {@code #record} the incoming record; it can read properties and call methods, nothing
 * else.
 */
final class PublisherExpression {

	static final String RECORD = "record";

	private static final SpelExpressionParser PARSER = new SpelExpressionParser(
			new SpelParserConfiguration(SpelCompilerMode.MIXED, PublisherExpression.class.getClassLoader()));

	private final SpelExpression expression;

	private PublisherExpression(SpelExpression expression) {
		this.expression = expression;
	}

	/**
	 * Parse an expression and check the properties that it reads.
	 * @param text the expression
	 * @param valueType the type of the published values
	 * @param where what the expression is for, to be named in an error
	 * @return the expression
	 * @throws StreamConfigurationException when it can't be parsed or reads a property
	 * that the type does not have
	 */
	static PublisherExpression parse(String text, ResolvableType valueType, String where) {
		try {
			SpelExpression expression = PARSER.parseRaw(text);
			new ExpressionCheck(where, text).check(expression.getAST(), valueType);
			return new PublisherExpression(expression);
		}
		catch (ParseException ex) {
			throw new StreamConfigurationException(
					"The %s is not an expression: '%s' (%s).".formatted(where, text, ex.getSimpleMessage()),
					"Write a SpEL expression of the published value; a literal needs quotes: \"'%s'\".".formatted(text),
					ex);
		}
	}

	/**
	 * Evaluate the expression.
	 * @param value the published value
	 * @param record the incoming record
	 * @return the result
	 */
	@Nullable Object evaluate(Object value, ConsumerRecord<?, ?> record) {
		EvaluationContext context = SimpleEvaluationContext
			.forPropertyAccessors(DataBindingPropertyAccessor.forReadOnlyAccess(), new MapAccessor(false))
			.withInstanceMethods()
			.build();
		context.setVariable(RECORD, record);
		return this.expression.getValue(context, value);
	}

}
