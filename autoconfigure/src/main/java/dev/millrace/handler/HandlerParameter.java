package dev.millrace.handler;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanExpressionException;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.MethodParameter;
import org.springframework.core.Nullness;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.StringValueResolver;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.type.TypeFactory;

import dev.millrace.DecodingException;
import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.HandlerMethod;

/**
 * Parameter of a handler: its type, as the class of the bean resolves it, and what it
 * makes of a value that is missing.
 */
final class HandlerParameter {

	private final HandlerMethod method;

	private final MethodParameter parameter;

	private final AnnotatedElement annotations;

	private final @Nullable String name;

	private final StringValueResolver texts;

	private final JavaType type;

	private final Wrapping wrapping;

	private final Nullness nullness;

	private final boolean acceptsNull;

	private HandlerParameter(HandlerMethod method, MethodParameter parameter, JavaType declared, Nullness nullness,
			TypeFactory types, StringValueResolver texts) {
		parameter.initParameterNameDiscovery(new DefaultParameterNameDiscoverer());
		this.method = method;
		this.parameter = parameter;
		this.annotations = AnnotatedElementUtils.forAnnotations(parameter.getParameterAnnotations());
		this.name = parameter.getParameterName();
		this.texts = texts;
		this.wrapping = Wrapping.of(declared);
		this.type = this.wrapping.valueType(declared, types);
		this.nullness = nullness;
		this.acceptsNull = isOptional() || (!this.type.isPrimitive() && nullness != Nullness.NON_NULL);
	}

	HandlerParameter(HandlerMethod method, MethodParameter parameter, TypeFactory types, StringValueResolver texts) {
		this(method, parameter, resolve(method, parameter, types), Nullness.forMethodParameter(parameter), types,
				texts);
	}

	private HandlerParameter(HandlerParameter original, boolean acceptsNull) {
		this.method = original.method;
		this.parameter = original.parameter;
		this.annotations = original.annotations;
		this.name = original.name;
		this.texts = original.texts;
		this.type = original.type;
		this.wrapping = original.wrapping;
		this.nullness = original.nullness;
		this.acceptsNull = acceptsNull;
	}

	private static JavaType resolve(HandlerMethod method, MethodParameter parameter, TypeFactory types) {
		JavaType owner = types.constructType(method.targetType().getType())
			.findSuperType(method.method().getDeclaringClass());
		return (owner != null) ? types.resolveMemberType(parameter.getGenericParameterType(), owner.getBindings())
				: types.constructType(parameter.getGenericParameterType());
	}

	// What the annotation says about a missing value wins over what the nullness says
	HandlerParameter required(boolean required) {
		return new HandlerParameter(this, (required) ? isOptional() : !this.type.isPrimitive());
	}

	/**
	 * Return what this parameter of a handler of batches is for one record.
	 * @param types make types
	 * @return the elements of its list as a parameter, or {@code null} when it is no list
	 */
	@Nullable HandlerParameter elements(TypeFactory types) {
		Class<?> raw = this.type.getRawClass();
		if (!Iterable.class.isAssignableFrom(raw) || !raw.isAssignableFrom(ArrayList.class)) {
			return null;
		}
		JavaType[] elements = types.findTypeParameters(this.type, Iterable.class);
		return new HandlerParameter(this.method, this.parameter,
				(elements != null && elements.length == 1) ? elements[0] : types.constructType(Object.class),
				elementNullness(), types, this.texts);
	}

	int index() {
		return this.parameter.getParameterIndex();
	}

	JavaType type() {
		return this.type;
	}

	// As other libraries know it, whose types are not Jackson's
	Type valueType() {
		return plain(this.type);
	}

	static Type plain(JavaType type) {
		return BytesConverter.resolvable(type).getType();
	}

	@Nullable String name() {
		return this.name;
	}

	<A extends Annotation> @Nullable A annotation(Class<A> annotationType) {
		return AnnotatedElementUtils.findMergedAnnotation(this.annotations, annotationType);
	}

	boolean isAnnotated(Class<? extends Annotation> annotationType) {
		return AnnotatedElementUtils.isAnnotated(this.annotations, annotationType);
	}

	/**
	 * Resolve the placeholders and expressions in a text of an annotation.
	 * @param text the text
	 * @return the resolved text
	 * @throws StreamConfigurationException when it can't be resolved
	 */
	String resolve(String text) {
		try {
			return Objects.requireNonNullElse(this.texts.resolveStringValue(text), "");
		}
		catch (IllegalArgumentException | BeanExpressionException ex) {
			throw new StreamConfigurationException(
					"The %s holds '%s', which can't be resolved.".formatted(describe(), text),
					"Define the property or correct the expression.", ex);
		}
	}

	List<Annotation> annotations() {
		return List.of(this.parameter.getParameterAnnotations());
	}

	boolean acceptsNull() {
		return this.acceptsNull;
	}

	@Nullable Object argument(@Nullable Object value, String source, ConsumerRecord<?, ?> record) {
		if (value == null && !this.acceptsNull) {
			throw new DecodingException("%s has no %s for %s".formatted(position(record), source, describe()), null);
		}
		return this.wrapping.wrap(value);
	}

	DecodingException failure(String source, ConsumerRecord<?, ?> record, @Nullable Throwable cause) {
		return new DecodingException("Can't read the %s of %s as %s".formatted(source, position(record), describe()),
				cause);
	}

	StreamConfigurationException unsupported(String reason, String action) {
		return new StreamConfigurationException("The " + describe() + " " + reason, action);
	}

	String describe() {
		String label = (this.name != null) ? "'" + this.name + "'" : String.valueOf(index() + 1);
		return "parameter %s (%s) of %s".formatted(label, this.type.toCanonical(), this.method.describe());
	}

	boolean isOptional() {
		return this.wrapping != Wrapping.NONE || this.nullness == Nullness.NULLABLE;
	}

	// What the list's own type does not say is as its surroundings say.
	private Nullness elementNullness() {
		AnnotatedType declared = this.parameter.getExecutable().getAnnotatedParameterTypes()[index()];
		if (declared instanceof AnnotatedParameterizedType list) {
			for (Annotation annotation : list.getAnnotatedActualTypeArguments()[0].getAnnotations()) {
				if (annotation.annotationType().getSimpleName().equals("Nullable")) {
					return Nullness.NULLABLE;
				}
			}
		}
		return this.nullness;
	}

	private static String position(ConsumerRecord<?, ?> record) {
		return record.topic() + "-" + record.partition() + "@" + record.offset();
	}

}
