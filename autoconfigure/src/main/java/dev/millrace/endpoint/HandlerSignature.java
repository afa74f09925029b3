package dev.millrace.endpoint;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * What a handler takes of a record and what it gives, as far as its method says. With
 * batches it is that of one record.
 *
 * @param body the body that it takes
 * @param key the type that it takes the key as, or {@code null} when it takes none
 * @param headers the headers that it takes
 * @param path the variables of the topic's name that it takes
 * @param result the body that it publishes or answers with, or {@code null} when there is
 * never one
 */
public record HandlerSignature(BodyType body, @Nullable Type key, List<NamedType> headers, List<NamedType> path,
		@Nullable BodyType result) {

	/**
	 * Nothing is known.
	 */
	public static final HandlerSignature UNKNOWN = new HandlerSignature(BodyType.UNKNOWN, null, List.of(), List.of(),
			BodyType.UNKNOWN);

	public HandlerSignature {
		headers = List.copyOf(headers);
		path = List.copyOf(path);
	}

}
