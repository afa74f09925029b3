package dev.millrace.expression;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
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
 * Expression about a record or about what is published for it. {@code #record} is the
 * incoming record as Kafka's client has it; it can read properties and call methods,
 * nothing else. Safe for use by several threads.
 */
public final class RecordExpression {

	static final String RECORD = "record";

	// What only reads properties and calls methods is never compiled.
	private static final SpelExpressionParser PARSER = new SpelExpressionParser(
			new SpelParserConfiguration(SpelCompilerMode.OFF, null));

	private final SpelExpression expression;

	private RecordExpression(SpelExpression expression) {
		this.expression = expression;
	}

	/**
	 * Parse an expression and check the properties that it reads.
	 * @param text the expression
	 * @param root what it is about
	 * @param where what the expression is for, to be named in an error
	 * @return the expression
	 * @throws StreamConfigurationException when it can't be parsed or reads a property
	 * that the type does not have
	 */
	public static RecordExpression parse(String text, ExpressionRoot root, String where) {
		try {
			SpelExpression expression = PARSER.parseRaw(text);
			new ExpressionCheck(where, text, root).check(expression.getAST(), root.type());
			return new RecordExpression(expression);
		}
		catch (ParseException ex) {
			throw new StreamConfigurationException(
					"The %s is not an expression: '%s' (%s).".formatted(where, text, ex.getSimpleMessage()),
					"Write a SpEL expression of %s; a literal needs quotes: \"'%s'\".".formatted(root.name(), text),
					ex);
		}
	}

	/**
	 * Evaluate the expression.
	 * @param root the root object
	 * @param record the incoming record, or {@code null} when there is none
	 * @return the result
	 */
	public @Nullable Object evaluate(Object root, @Nullable ConsumerRecord<?, ?> record) {
		EvaluationContext context = SimpleEvaluationContext
			.forPropertyAccessors(DataBindingPropertyAccessor.forReadOnlyAccess(), new MapAccessor(false))
			.withInstanceMethods()
			.build();
		context.setVariable(RECORD, record);
		return this.expression.getValue(context, root);
	}

}
