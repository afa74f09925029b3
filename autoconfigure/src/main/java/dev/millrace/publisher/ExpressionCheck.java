package dev.millrace.publisher;

import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.util.ReflectionUtils;
import org.springframework.util.StringUtils;

import dev.millrace.StreamConfigurationException;

/**
 * Checks at start that the properties which an expression reads exist. What can't be told
 * from the declared types, such as an entry of a map, is left to the evaluation.
 */
final class ExpressionCheck {

	private final String where;

	private final String text;

	ExpressionCheck(String where, String text) {
		this.where = where;
		this.text = text;
	}

	void check(SpelNode node, ResolvableType root) {
		if (node instanceof CompoundExpression) {
			checkChain(node, root);
			return;
		}
		resolve(node, root, root);
		for (int i = 0; i < node.getChildCount(); i++) {
			check(node.getChild(i), root);
		}
	}

	private void checkChain(SpelNode chain, ResolvableType root) {
		ResolvableType type = root;
		for (int i = 0; i < chain.getChildCount() && type != null; i++) {
			type = resolve(chain.getChild(i), type, root);
		}
	}

	private @Nullable ResolvableType resolve(SpelNode node, ResolvableType type, ResolvableType root) {
		if (node instanceof PropertyOrFieldReference property) {
			return property(property.getName(), type);
		}
		if (node instanceof VariableReference variable) {
			return variable(variable.toStringAST(), root);
		}
		return null;
	}

	private @Nullable ResolvableType variable(String reference, ResolvableType root) {
		return switch (reference) {
			case "#" + PublisherExpression.RECORD -> ResolvableType.forClass(ConsumerRecord.class);
			case "#root", "#this" -> root;
			default -> throw new StreamConfigurationException("The %s '%s' reads the variable %s, which does not exist."
				.formatted(this.where, this.text, reference),
					"Use #record for the incoming record; the root is the published value.");
		};
	}

	private @Nullable ResolvableType property(String name, ResolvableType type) {
		Class<?> declared = type.toClass();
		if (declared == Object.class || Map.class.isAssignableFrom(declared)) {
			return null;
		}
		for (String method : new String[] { "get" + StringUtils.capitalize(name), "is" + StringUtils.capitalize(name),
				name }) {
			var accessor = ReflectionUtils.findMethod(declared, method);
			if (accessor != null) {
				return ResolvableType.forMethodReturnType(accessor, declared);
			}
		}
		var field = ReflectionUtils.findField(declared, name);
		if (field != null) {
			return ResolvableType.forField(field, type);
		}
		if (declared.isInterface() || declared.isSealed()) {
			return null;
		}
		throw new StreamConfigurationException(
				"The %s '%s' reads the property '%s', which %s does not have.".formatted(this.where, this.text, name,
						declared.getName()),
				"Name a property of the published value; a literal needs quotes: \"'%s'\".".formatted(this.text));
	}

}
