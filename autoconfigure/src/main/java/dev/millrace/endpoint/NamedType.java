package dev.millrace.endpoint;

import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Value with a name that is read or written: a field of a body, a header, a variable of a
 * topic's name.
 *
 * @param name the name
 * @param type the type
 * @param required whether it has to be there
 * @param nullable whether it may be {@code null}
 * @param defaultValue what stands for it when it is missing, as text, or {@code null}
 * @param annotations the annotations of the parameter, with its constraints
 */
public record NamedType(String name, Type type, boolean required, boolean nullable, @Nullable String defaultValue,
		List<Annotation> annotations) {

	public NamedType {
		annotations = List.copyOf(annotations);
	}

}
