package dev.millrace.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanExpressionContext;
import org.springframework.beans.factory.config.BeanExpressionResolver;
import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.util.ObjectUtils;
import org.springframework.util.StringUtils;

import dev.millrace.StreamConfigurationException;

/**
 * Resolves the placeholders and expressions in the text attributes of one annotated
 * method.
 */
final class AnnotationText {

	private final ConfigurableBeanFactory beanFactory;

	private final String where;

	AnnotationText(ConfigurableBeanFactory beanFactory, String where) {
		this.beanFactory = beanFactory;
		this.where = where;
	}

	/**
	 * Resolve a text.
	 * @param text the text of an attribute
	 * @return the resolved text, or {@code null} when it is empty
	 */
	@Nullable String text(String text) {
		if (text.isEmpty()) {
			return null;
		}
		Object value = evaluate(text);
		return (value != null && StringUtils.hasText(value.toString())) ? value.toString().trim() : null;
	}

	/**
	 * Resolve texts; one that yields several values becomes several.
	 * @param texts the texts of an attribute
	 * @return the resolved texts, without the empty ones
	 */
	List<String> texts(String[] texts) {
		List<String> resolved = new ArrayList<>();
		for (String text : texts) {
			flatten(evaluate(text), resolved);
		}
		return resolved;
	}

	/**
	 * Resolve texts of the form {@code name=value}.
	 * @param texts the texts of an attribute
	 * @param attribute the name of the attribute
	 * @return the values by name
	 */
	Map<String, String> pairs(String[] texts, String attribute) {
		Map<String, String> pairs = new LinkedHashMap<>();
		for (String text : texts(texts)) {
			int separator = text.indexOf('=');
			if (separator < 1) {
				throw new StreamConfigurationException(
						"The attribute '%s' of %s holds '%s'.".formatted(attribute, this.where, text),
						"Write each entry as name=value.");
			}
			pairs.put(text.substring(0, separator).trim(), text.substring(separator + 1).trim());
		}
		return pairs;
	}

	private void flatten(@Nullable Object value, List<String> into) {
		if (value instanceof Collection<?> values) {
			values.forEach((element) -> flatten(element, into));
		}
		else if (ObjectUtils.isArray(value)) {
			flatten(List.of(ObjectUtils.toObjectArray(value)), into);
		}
		else if (value != null && StringUtils.hasText(value.toString())) {
			into.add(value.toString().trim());
		}
	}

	private @Nullable Object evaluate(String text) {
		try {
			String resolved = this.beanFactory.resolveEmbeddedValue(text);
			BeanExpressionResolver resolver = this.beanFactory.getBeanExpressionResolver();
			return (resolver != null) ? resolver.evaluate(resolved, new BeanExpressionContext(this.beanFactory, null))
					: resolved;
		}
		catch (IllegalArgumentException | org.springframework.beans.factory.BeanExpressionException ex) {
			throw new StreamConfigurationException(
					"%s holds '%s', which can't be resolved.".formatted(this.where, text),
					"Define the property or correct the expression.", ex);
		}
	}

}
