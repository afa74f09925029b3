package dev.millrace.expression;

import org.springframework.core.ResolvableType;

/**
 * What an expression is about.
 *
 * @param type the type of the root objects
 * @param name what a root object is, to be named in an error
 */
public record ExpressionRoot(ResolvableType type, String name) {

	/**
	 * Return the root of expressions about what is published.
	 * @param type the type of the published values
	 * @return the root
	 */
	public static ExpressionRoot published(ResolvableType type) {
		return new ExpressionRoot(type, "the published value");
	}

	/**
	 * Return the root of expressions about records.
	 * @param type the type of the records
	 * @return the root
	 */
	public static ExpressionRoot record(Class<?> type) {
		return new ExpressionRoot(ResolvableType.forClass(type), "the record");
	}

}
