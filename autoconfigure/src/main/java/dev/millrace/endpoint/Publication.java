package dev.millrace.endpoint;

import java.lang.reflect.Type;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Immutable description of something that an application publishes by itself, outside of
 * what its handlers return.
 *
 * @param id what publishes it, short: the names of an interface and its method, or of a
 * topic
 * @param publisher where it goes
 * @param body what is published
 * @param key the type of the key, or {@code null} when that is not known
 * @param headers the headers that are written with it
 * @param where what publishes it, for errors
 */
public record Publication(String id, PublisherEndpoint publisher, BodyType body, @Nullable Type key,
		List<NamedType> headers, String where) {

	public Publication {
		headers = List.copyOf(headers);
	}

}
