package dev.millrace.endpoint;

import java.lang.reflect.Type;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Immutable description of a method that publishes what it is called with.
 *
 * @param publication what is published, and where
 * @param body the index of the parameter that is the body
 * @param bodyType the type of that parameter
 * @param key the index of the parameter that is the key, or {@code null} when there is
 * none
 * @param headers the names of the headers by the index of their parameters
 * @param headerMaps the indexes of the parameters that are maps of headers
 */
public record PublisherMethod(Publication publication, int body, Type bodyType, @Nullable Integer key,
		Map<Integer, String> headers, Set<Integer> headerMaps) {

	public PublisherMethod {
		headers = Map.copyOf(headers);
		headerMaps = Set.copyOf(headerMaps);
	}

	/**
	 * Return where it is published.
	 * @return the publisher
	 */
	public PublisherEndpoint publisher() {
		return this.publication.publisher();
	}

	/**
	 * Return which method it is, for errors.
	 * @return the method
	 */
	public String where() {
		return this.publication.where();
	}

}
