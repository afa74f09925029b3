package dev.millrace.config;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.Headers;

import dev.millrace.PublishResult;
import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.Key;
import dev.millrace.endpoint.BodyType;
import dev.millrace.endpoint.NamedType;
import dev.millrace.endpoint.Publication;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.PublisherMethod;
import dev.millrace.publisher.ResultElements;

/**
 * Reads the parameters and the result of a method that publishes.
 */
final class PublisherMethodReader {

	private final Class<?> type;

	private final Method method;

	private final String where;

	private final AnnotationText text;

	private final Map<Integer, String> headers = new TreeMap<>();

	private final Set<Integer> headerMaps = new HashSet<>();

	private @Nullable Integer key;

	private @Nullable Integer body;

	PublisherMethodReader(Class<?> type, Method method, String where, AnnotationText text) {
		this.type = type;
		this.method = method;
		this.where = where;
		this.text = text;
	}

	PublisherMethod read(PublisherEndpoint publisher) {
		checkResult();
		Parameter[] parameters = this.method.getParameters();
		for (int i = 0; i < parameters.length; i++) {
			read(parameters[i], i);
		}
		if (this.body == null) {
			throw refused("has no parameter for the body", "Declare one, without an annotation or with @Payload.");
		}
		if (this.key != null && publisher.key() != null) {
			throw refused("has a parameter and an expression for the key", "Leave one of them out.");
		}
		Type bodyType = type(this.body);
		return new PublisherMethod(publication(publisher, bodyType), this.body, bodyType, this.key, this.headers,
				this.headerMaps);
	}

	private Publication publication(PublisherEndpoint publisher, Type bodyType) {
		List<NamedType> named = new ArrayList<>();
		this.headers.forEach((index, name) -> named.add(new NamedType(name, type(index),
				this.method.getParameterTypes()[index].isPrimitive(), false, null, List.of())));
		return new Publication(this.type.getSimpleName() + "-" + this.method.getName(), publisher,
				new BodyType(new ResultElements(ResolvableType.forType(bodyType)).bodyType().getType(), false),
				(this.key != null) ? type(this.key) : null, named, this.where);
	}

	private Type type(int parameter) {
		return GenericTypeResolver.resolveType(this.method.getGenericParameterTypes()[parameter], this.type);
	}

	private void read(Parameter parameter, int index) {
		Header header = AnnotatedElementUtils.findMergedAnnotation(parameter, Header.class);
		if (header != null) {
			this.headers.put(index, headerName(header, parameter));
		}
		else if (AnnotatedElementUtils.hasAnnotation(parameter, Headers.class)) {
			if (!Map.class.isAssignableFrom(parameter.getType())) {
				throw refused("has a parameter with @Headers that is no Map", "Declare a Map<String, String>.");
			}
			this.headerMaps.add(index);
		}
		else if (AnnotatedElementUtils.hasAnnotation(parameter, Key.class)) {
			if (this.key != null) {
				throw refused("has several parameters for the key", "Leave one of them.");
			}
			this.key = index;
		}
		else if (this.body != null) {
			throw refused("has several parameters for the body",
					"Annotate all others with @Key, @Header or @Headers, or put them into one type.");
		}
		else {
			this.body = index;
		}
	}

	private String headerName(Header header, Parameter parameter) {
		String name = this.text.text(header.name());
		if (name != null) {
			return name;
		}
		if (!parameter.isNamePresent()) {
			throw refused("has a @Header without a name, and its class has no parameter names",
					"Name the header, or compile with -parameters.");
		}
		return parameter.getName();
	}

	private void checkResult() {
		ResolvableType result = ResolvableType.forMethodReturnType(this.method, this.type);
		Class<?> raw = result.resolve(Object.class);
		if (raw == void.class || raw == PublishResult.class) {
			return;
		}
		boolean future = raw != Object.class && raw.isAssignableFrom(CompletableFuture.class);
		if (!future || !result.getGeneric(0).resolve(Object.class).isAssignableFrom(PublishResult.class)) {
			throw refused("returns " + result,
					"Return void or PublishResult to wait for the broker, or a CompletionStage<PublishResult>.");
		}
	}

	private StreamConfigurationException refused(String what, String action) {
		return new StreamConfigurationException("%s %s.".formatted(this.where, what), action);
	}

}
