package dev.millrace.expression;

import org.springframework.core.ResolvableType;

/**
 * What an expression is about.
 *
 * @param type the type of the root objects
 * @param name what a root object is, to be named in an error
 * @param hasRecord whether there is an incoming record too
 */
public record ExpressionRoot(ResolvableType type, String name, boolean hasRecord) {

	/**
	 * Return the root of expressions about what is published.
	 * @param type the type of the published values
	 * @return the root
	 */
	public static ExpressionRoot published(ResolvableType type) {
		return new ExpressionRoot(type, "the published value", true);
	}

	/**
	 * Return the root of expressions about what is published without a record that causes
	 * it.
	 * @param type the type of the published values
	 * @return the root
	 */
	public static ExpressionRoot alone(ResolvableType type) {
		return new ExpressionRoot(type, "the published value", false);
	}

	/**
	 * Return the root of expressions about records.
	 * @param type the type of the records
	 * @return the root
	 */
	public static ExpressionRoot record(Class<?> type) {
		return new ExpressionRoot(ResolvableType.forClass(type), "the record", true);
	}

}
