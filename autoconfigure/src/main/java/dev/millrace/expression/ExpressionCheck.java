package dev.millrace.expression;

import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.expression.spel.SpelNode;
import org.springframework.expression.spel.ast.Assign;
import org.springframework.expression.spel.ast.BeanReference;
import org.springframework.expression.spel.ast.CompoundExpression;
import org.springframework.expression.spel.ast.ConstructorReference;
import org.springframework.expression.spel.ast.FunctionReference;
import org.springframework.expression.spel.ast.Indexer;
import org.springframework.expression.spel.ast.InlineMap;
import org.springframework.expression.spel.ast.MethodReference;
import org.springframework.expression.spel.ast.OpDec;
import org.springframework.expression.spel.ast.OpInc;
import org.springframework.expression.spel.ast.Projection;
import org.springframework.expression.spel.ast.PropertyOrFieldReference;
import org.springframework.expression.spel.ast.Selection;
import org.springframework.expression.spel.ast.TypeReference;
import org.springframework.expression.spel.ast.VariableReference;
import org.springframework.expression.spel.support.ReflectivePropertyAccessor;

import dev.millrace.StreamConfigurationException;

/**
 * Checks at start that the properties and methods which an expression names exist, since
 * one that does not would fail every record. What can't be told from the declared types,
 * such as an entry of a map, is left to the evaluation.
 */
final class ExpressionCheck {

	private static final List<Class<? extends SpelNode>> FORBIDDEN = List.of(TypeReference.class,
			ConstructorReference.class, BeanReference.class, FunctionReference.class, Assign.class, OpInc.class,
			OpDec.class);

	// Names in there are not those of the root.
	private static final List<Class<? extends SpelNode>> OPAQUE = List.of(Projection.class, Selection.class,
			InlineMap.class, Indexer.class);

	private static final Accessor ACCESSOR = new Accessor();

	private final String where;

	private final String text;

	private final ExpressionRoot root;

	ExpressionCheck(String where, String text, ExpressionRoot root) {
		this.where = where;
		this.text = text;
		this.root = root;
	}

	void check(SpelNode node, ResolvableType root) {
		checkAllowed(node);
		checkNames(node, root);
	}

	private void checkAllowed(SpelNode node) {
		if (FORBIDDEN.contains(node.getClass())) {
			throw new StreamConfigurationException(
					"The %s '%s' holds '%s', which can't be evaluated.".formatted(this.where, this.text,
							node.toStringAST()),
					"Read properties and call methods of %s, nothing else.".formatted(things()));
		}
		for (int i = 0; i < node.getChildCount(); i++) {
			checkAllowed(node.getChild(i));
		}
	}

	private void checkNames(SpelNode node, ResolvableType root) {
		if (OPAQUE.contains(node.getClass())) {
			return;
		}
		if (node instanceof CompoundExpression) {
			checkChain(node, root);
			return;
		}
		resolve(node, root, root);
		checkChildren(node, root);
	}

	private void checkChildren(SpelNode node, ResolvableType root) {
		for (int i = 0; i < node.getChildCount(); i++) {
			checkNames(node.getChild(i), root);
		}
	}

	private void checkChain(SpelNode chain, ResolvableType root) {
		ResolvableType type = root;
		for (int i = 0; i < chain.getChildCount(); i++) {
			SpelNode link = chain.getChild(i);
			if (link instanceof MethodReference) {
				checkChildren(link, root);
			}
			type = (type != null) ? resolve(link, type, root) : null;
		}
	}

	private @Nullable ResolvableType resolve(SpelNode node, ResolvableType type, ResolvableType root) {
		if (node instanceof PropertyOrFieldReference property) {
			return property(property.getName(), type);
		}
		if (node instanceof MethodReference method) {
			return method(method.getName(), method.getChildCount(), type);
		}
		if (node instanceof VariableReference variable) {
			return variable(variable.toStringAST(), root);
		}
		return null;
	}

	private ResolvableType variable(String reference, ResolvableType root) {
		if (this.root.hasRecord() && reference.equals("#" + RecordExpression.RECORD)) {
			return ResolvableType.forClass(ConsumerRecord.class);
		}
		return switch (reference) {
			case "#root", "#this" -> root;
			default -> throw new StreamConfigurationException(
					"The %s '%s' reads the variable %s, which does not exist.".formatted(this.where, this.text,
							reference),
					(this.root.hasRecord() ? "Use #record for the incoming record; the root is %s."
							: "The root is %s; there is nothing else.")
						.formatted(this.root.name()));
		};
	}

	private String things() {
		return this.root.name() + (this.root.hasRecord() ? " or of #record" : "");
	}

	private @Nullable ResolvableType property(String name, ResolvableType type) {
		Class<?> declared = type.toClass();
		if (Map.class.isAssignableFrom(declared)) {
			return null;
		}
		Method getter = ACCESSOR.getter(name, declared);
		if (getter != null) {
			return ResolvableType.forType(getter.getGenericReturnType(), type.as(getter.getDeclaringClass()));
		}
		Field field = ACCESSOR.field(name, declared);
		if (field != null) {
			return ResolvableType.forField(field, type.as(field.getDeclaringClass()));
		}
		if (isOpen(declared)) {
			return null;
		}
		throw new StreamConfigurationException(
				"The %s '%s' reads the property '%s', which %s does not have.".formatted(this.where, this.text, name,
						declared.getName()),
				"Name a property that can be read: a record component, a public getter or a public field. A literal"
						+ " needs quotes: \"'%s'\".".formatted(this.text));
	}

	private @Nullable ResolvableType method(String name, int arguments, ResolvableType type) {
		Class<?> declared = type.toClass();
		List<Method> methods = Arrays.stream(declared.getMethods())
			.filter((method) -> method.getName().equals(name) && isCallable(method))
			.filter((method) -> method.getParameterCount() == arguments || method.isVarArgs())
			.toList();
		if (methods.size() == 1) {
			Method method = methods.get(0);
			return ResolvableType.forType(method.getGenericReturnType(), type.as(method.getDeclaringClass()));
		}
		if (!methods.isEmpty() || isOpen(declared)) {
			return null;
		}
		throw new StreamConfigurationException(
				"The %s '%s' calls the method '%s', which %s does not have with %d arguments.".formatted(this.where,
						this.text, name, declared.getName(), arguments),
				"Call a public method of %s.".formatted(things()));
	}

	private static boolean isCallable(Member method) {
		return !Modifier.isStatic(method.getModifiers()) && method.getDeclaringClass() != Object.class;
	}

	// What a value of the type has beside what the type declares can't be told.
	private static boolean isOpen(Class<?> type) {
		return type == Object.class || type.isSealed() || Modifier.isAbstract(type.getModifiers());
	}

	/**
	 * Finds what the evaluation reads.
	 */
	private static final class Accessor extends ReflectivePropertyAccessor {

		@Nullable Method getter(String name, Class<?> type) {
			return findGetterForProperty(name, type, false);
		}

		@Nullable Field field(String name, Class<?> type) {
			return findField(name, type, false);
		}

		@Override
		protected boolean isCandidateForProperty(Method method, Class<?> targetClass) {
			return isCallable(method);
		}

	}

}
