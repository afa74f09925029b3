package dev.millrace.publisher;

import java.util.Collection;

import org.springframework.core.ResolvableType;

import dev.millrace.Response;
import dev.millrace.Tombstone;

/**
 * What of a handler's result becomes a record. A collection is one body, unless it is one
 * of responses or tombstones: of those, each is one record.
 */
public final class ResultElements {

	private final boolean always;

	private final boolean never;

	private final ResolvableType bodyType;

	/**
	 * Create the elements of a handler's results.
	 * @param declared the type of the results
	 */
	public ResultElements(ResolvableType declared) {
		boolean isCollection = Collection.class.isAssignableFrom(declared.resolve(Object.class));
		ResolvableType element = isCollection ? declared.as(Collection.class).getGeneric(0) : declared;
		Class<?> type = element.resolve(Object.class);
		this.always = isCollection && isSpecial(type);
		this.never = !type.isAssignableFrom(Response.class) && !type.isAssignableFrom(Tombstone.class);
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
	 * Return whether there may be responses among the elements, which may name a topic.
	 * @return whether that can't be ruled out
	 */
	boolean mayHaveTopics() {
		return !this.never;
	}

	/**
	 * Return whether a result is a collection of which each element becomes a record.
	 * @param result what the handler returned
	 * @return whether that is so; else the result becomes a record as a whole
	 */
	boolean areIn(Object result) {
		return result instanceof Collection<?> elements
				&& (this.always || (!this.never && elements.stream().anyMatch(ResultElements::isSpecial)));
	}

	private static boolean isSpecial(Object element) {
		return element instanceof Response || element instanceof Tombstone;
	}

	private static boolean isSpecial(Class<?> type) {
		return type == Response.class || type == Tombstone.class;
	}

}
