package dev.millrace.publisher;

import java.util.Collection;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

import dev.millrace.Response;
import dev.millrace.Tombstone;

/**
 * What of a handler's result becomes a record. A collection is one body, unless it is one
 * of responses or tombstones: of those, each is one record.
 */
public final class ResultElements {

	private final boolean always;

	private final ResolvableType bodyType;

	/**
	 * Create the elements of a handler's results.
	 * @param declared the type of the results
	 */
	public ResultElements(ResolvableType declared) {
		boolean isCollection = Collection.class.isAssignableFrom(declared.resolve(Object.class));
		ResolvableType element = isCollection ? declared.as(Collection.class).getGeneric(0) : declared;
		this.always = isCollection && isSpecial(element.resolve(Object.class));
		this.bodyType = bodyType(declared, element, this.always);
	}

	private static ResolvableType bodyType(ResolvableType declared, ResolvableType element, boolean several) {
		ResolvableType one = several ? element : declared;
		Class<?> type = one.resolve(Object.class);
		if (type == Response.class) {
			ResolvableType body = one.getGeneric(0);
			return (body.resolve() != null) ? body : ResolvableType.forClass(Object.class);
		}
		return (type == Tombstone.class) ? ResolvableType.forClass(Object.class) : one;
	}

	/**
	 * Return the type of the bodies.
	 * @return the type
	 */
	public ResolvableType bodyType() {
		return this.bodyType;
	}

	/**
	 * Return whether a result says itself what becomes of it: a response may name a
	 * topic.
	 * @param result what the handler returned, or what has taken its place
	 * @return whether it is a response or a tombstone, or a collection of them
	 */
	boolean mayHaveTopics(Object result) {
		return isSpecial(result) || areIn(result);
	}

	/**
	 * Return whether a result is a collection of which each element becomes a record. The
	 * declared type does not rule that out: exception handlers and interceptors may
	 * return anything.
	 * @param result what the handler returned, or what has taken its place
	 * @return whether that is so; else the result becomes a record as a whole
	 */
	boolean areIn(Object result) {
		return result instanceof Collection<?> elements && (this.always || hasSpecial(elements));
	}

	// For each result: without a stream.
	private static boolean hasSpecial(Collection<?> elements) {
		for (Object element : elements) {
			if (isSpecial(element)) {
				return true;
			}
		}
		return false;
	}

	/**
	 * Return whether an element says itself what becomes of it.
	 * @param element the element
	 * @return whether it is a response or a tombstone
	 */
	static boolean isSpecial(@Nullable Object element) {
		return element instanceof Response || element instanceof Tombstone;
	}

	private static boolean isSpecial(Class<?> type) {
		return type == Response.class || type == Tombstone.class;
	}

}
