package dev.millrace.handler;

import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.springframework.core.GenericTypeResolver;
import org.springframework.core.ResolvableType;

import dev.millrace.BatchResult;
import dev.millrace.Response;
import dev.millrace.StreamConfigurationException;
import dev.millrace.Tombstone;
import dev.millrace.endpoint.HandlerMethod;

/**
 * What a handler declares to return, seen through {@code Optional},
 * {@code CompletionStage} and {@code Mono}.
 *
 * @param valueType the type of the value to publish; {@code Object} where the handler
 * says nothing, {@code void} or {@code Void} where there is none
 * @param isVoid whether there is never anything to publish
 * @param isAsync whether the handler may return before the value is there
 */
public record ResultType(ResolvableType valueType, boolean isVoid, boolean isAsync) {

	private static final List<Class<?>> SEVERAL = List.of(Iterable.class, Iterator.class, BaseStream.class);

	/**
	 * Read the result type of a handler.
	 * @param method the handler
	 * @return the result type
	 * @throws StreamConfigurationException when the handler returns something that nobody
	 * would wait for, such as a {@code Flux}, or responses that would be one record
	 */
	public static ResultType of(HandlerMethod method) {
		Type returned = GenericTypeResolver.resolveType(method.method().getGenericReturnType(), method.targetClass());
		ResolvableType type = ResolvableType.forType(returned);
		boolean async = false;
		for (Class<?> wrapper = wrapper(type); wrapper != null; wrapper = wrapper(type)) {
			async = async || wrapper != Optional.class;
			type = type.as(wrapper).getGeneric(0);
		}
		Class<?> raw = type.resolve(Object.class);
		checkAwaitable(raw, method);
		checkResponses(type, method);
		boolean isVoid = raw == void.class || raw == Void.class;
		return new ResultType(concrete(type), isVoid, async);
	}

	/**
	 * Read the result type of a handler that gets batches: if it returns a collection,
	 * what counts is the type of the elements.
	 * @param method the handler
	 * @return the result type
	 * @throws StreamConfigurationException when the handler returns something that nobody
	 * would wait for, such as a {@code List} of {@code CompletionStage}
	 */
	public static ResultType ofBatches(HandlerMethod method) {
		ResultType whole = of(method);
		Class<?> raw = whole.valueType.resolve(Object.class);
		if (raw == BatchResult.class) {
			return new ResultType(whole.valueType, true, whole.isAsync);
		}
		if (!Collection.class.isAssignableFrom(raw)) {
			return whole;
		}
		ResolvableType element = whole.valueType.as(Collection.class).getGeneric(0);
		Class<?> wrapper = wrapper(element);
		if (wrapper == Optional.class) {
			element = element.getGeneric(0);
		}
		else if (wrapper != null) {
			throw new StreamConfigurationException(
					"%s returns a collection of %s, which Millrace doesn't wait for.".formatted(method.describe(),
							wrapper.getSimpleName()),
					"Return one %s for the whole collection.".formatted(wrapper.getSimpleName()));
		}
		return new ResultType(concrete(element), false, whole.isAsync);
	}

	static boolean isShared(HandlerMethod method) {
		Class<?> raw = of(method).valueType.resolve(Object.class);
		return Collection.class.isAssignableFrom(raw) && !List.class.isAssignableFrom(raw);
	}

	private static @Nullable Class<?> wrapper(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		Class<?> mono = Reactor.monoType();
		if (mono != null && mono.isAssignableFrom(raw)) {
			return mono;
		}
		if (CompletionStage.class.isAssignableFrom(raw)) {
			return CompletionStage.class;
		}
		return (raw == Optional.class) ? Optional.class : null;
	}

	// Without type variables, so that the type means the same to those who only see its
	// Type
	private static ResolvableType concrete(ResolvableType type) {
		Class<?> raw = type.resolve(Object.class);
		if (!type.hasGenerics() || type.hasUnresolvableGenerics()) {
			return ResolvableType.forClass(raw);
		}
		return ResolvableType.forClassWithGenerics(raw,
				Arrays.stream(type.getGenerics()).map(ResultType::concrete).toArray(ResolvableType[]::new));
	}

	private static void checkAwaitable(Class<?> type, HandlerMethod method) {
		if (isPublisher(type) || Future.class.isAssignableFrom(type) || Flow.Publisher.class.isAssignableFrom(type)) {
			throw new StreamConfigurationException(
					method.describe() + " returns a " + type.getSimpleName() + ", which Millrace can't wait for.",
					"Return the value itself, a CompletionStage or a Mono; for several values a Mono<List<...>>.");
		}
	}

	private static void checkResponses(ResolvableType type, HandlerMethod method) {
		Class<?> raw = type.resolve(Object.class);
		if (Collection.class.isAssignableFrom(raw)) {
			return;
		}
		Stream.concat(Stream.of(type.getComponentType()), SEVERAL.stream().map((each) -> type.as(each).getGeneric(0)))
			.map(ResolvableType::resolve)
			.filter((element) -> element == Response.class || element == Tombstone.class)
			.findAny()
			.ifPresent((element) -> {
				throw new StreamConfigurationException(
						"%s returns several objects of type %s as %s, which would be one record."
							.formatted(method.describe(), element.getSimpleName(), raw.getSimpleName()),
						"Return a List<%s>: each of its elements is a record.".formatted(element.getSimpleName()));
			});
	}

	// By name: Reactive Streams may be absent
	private static boolean isPublisher(@Nullable Class<?> type) {
		return type != null
				&& (type.getName().equals("org.reactivestreams.Publisher") || isPublisher(type.getSuperclass())
						|| Arrays.stream(type.getInterfaces()).anyMatch(ResultType::isPublisher));
	}

}
