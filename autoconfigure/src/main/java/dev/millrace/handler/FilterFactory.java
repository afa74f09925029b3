package dev.millrace.handler;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

import dev.millrace.StreamException;
import dev.millrace.StreamRecord;
import dev.millrace.endpoint.FilterSettings;
import dev.millrace.expression.ExpressionRoot;
import dev.millrace.expression.RecordExpression;

/**
 * Makes the filters of handlers.
 */
public final class FilterFactory {

	private final Function<String, Predicate<StreamRecord>> predicates;

	/**
	 * Create a factory.
	 * @param predicates find the predicates of the application by the names of their
	 * beans, or throw
	 */
	public FilterFactory(Function<String, Predicate<StreamRecord>> predicates) {
		this.predicates = predicates;
	}

	/**
	 * Create the filter of a handler.
	 * @param settings the conditions, or {@code null} for none
	 * @param where whose filter it is, to be named in an error
	 * @return the filter
	 */
	public RecordFilter create(@Nullable FilterSettings settings, String where) {
		if (settings == null) {
			return RecordFilter.ALL;
		}
		List<RecordFilter> conditions = conditions(settings, where);
		return (conditions.size() == 1) ? conditions.get(0) : all(conditions);
	}

	// The cheap ones first.
	private List<RecordFilter> conditions(FilterSettings settings, String where) {
		List<RecordFilter> conditions = new ArrayList<>();
		if (settings.contentType() != null) {
			String contentType = mediaType(settings.contentType());
			conditions.add((record) -> record.contentType().equals(contentType));
		}
		settings.headers().forEach((name, value) -> conditions.add(header(name, value)));
		if (settings.expression() != null) {
			conditions.add(expression(settings.expression(), where));
		}
		if (settings.predicate() != null) {
			conditions.add(this.predicates.apply(settings.predicate())::test);
		}
		if (settings.condition() != null) {
			conditions.add(settings.condition()::test);
		}
		return conditions;
	}

	private static String mediaType(String contentType) {
		return contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
	}

	private static RecordFilter header(String name, String value) {
		if (value.equals(FilterSettings.ANY_VALUE)) {
			return (record) -> record.source().headers().lastHeader(name) != null;
		}
		return (record) -> value.equals(record.header(name));
	}

	private static RecordFilter expression(String text, String where) {
		RecordExpression expression = RecordExpression.parse(text, ExpressionRoot.record(Delivery.class),
				"filter of " + where);
		return (record) -> {
			Object result = expression.evaluate(record, record.source());
			if (result instanceof Boolean accepted) {
				return accepted;
			}
			throw new StreamException("The filter '%s' of %s yields %s, neither true nor false".formatted(text, where,
					(result != null) ? "a " + result.getClass().getName() : "null"));
		};
	}

	private static RecordFilter all(List<RecordFilter> conditions) {
		return (record) -> {
			for (RecordFilter condition : conditions) {
				if (!condition.accepts(record)) {
					return false;
				}
			}
			return true;
		};
	}

}
