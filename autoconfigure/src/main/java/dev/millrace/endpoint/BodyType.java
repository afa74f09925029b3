package dev.millrace.endpoint;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;

/**
 * What a body is read as or written from.
 *
 * @param type the type of all of it; {@code Object} where nothing is known
 * @param nullable whether there may be none: a tombstone
 * @param fields the fields of the JSON object that are taken instead of all of it, empty
 * for none
 * @param annotations the annotations of the parameter, with its constraints
 */
public record BodyType(Type type, boolean nullable, List<NamedType> fields, List<Annotation> annotations) {

	/**
	 * Nothing is known.
	 */
	public static final BodyType UNKNOWN = new BodyType(Object.class, false);

	public BodyType {
		fields = List.copyOf(fields);
		annotations = List.copyOf(annotations);
	}

	/**
	 * Describe a body as a whole.
	 * @param type the type
	 * @param nullable whether there may be none
	 */
	public BodyType(Type type, boolean nullable) {
		this(type, nullable, List.of(), List.of());
	}

	/**
	 * Describe a body of fields.
	 * @param fields the fields
	 * @return the body
	 */
	public static BodyType of(List<NamedType> fields) {
		return new BodyType(Object.class, false, fields, List.of());
	}

}
