package dev.millrace;

import java.lang.reflect.Type;
import java.time.Instant;
import java.util.Map;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Record that is being handled, as filters and interceptors see it. Each attempt to
 * handle a record has an object of its own. To be used by one thread at a time.
 */
public interface StreamRecord {

	/**
	 * Return the record as it was polled.
	 * @return the record; its headers must not be changed
	 */
	ConsumerRecord<byte[], byte[]> source();

	/**
	 * Return the topic that the record comes from.
	 * @return the topic
	 */
	default String topic() {
		return source().topic();
	}

	/**
	 * Return the partition that the record comes from.
	 * @return the number of the partition
	 */
	default int partition() {
		return source().partition();
	}

	/**
	 * Return the offset of the record.
	 * @return the offset
	 */
	default long offset() {
		return source().offset();
	}

	/**
	 * Return the timestamp of the record.
	 * @return the time that its producer or its broker has given it
	 */
	default Instant timestamp() {
		return Instant.ofEpochMilli(source().timestamp());
	}

	/**
	 * Return the key as text.
	 * @return the key, read as UTF-8, or {@code null} when there is none
	 */
	@Nullable String key();

	/**
	 * Return a header as text.
	 * @param name the name, which is case-sensitive
	 * @return its last value, read as UTF-8, or {@code null} when there is none
	 */
	@Nullable String header(String name);

	/**
	 * Return all headers as text.
	 * @return the last value of each header, read as UTF-8, by its name
	 */
	Map<String, @Nullable String> headers();

	/**
	 * Return the media type of the body, without parameters.
	 * @return the media type in lower case, or an empty text when the record does not say
	 */
	String contentType();

	/**
	 * Return the body as what the content type makes of it: text, a map, a list, a
	 * number, a truth value, or bytes. It is decoded at the first call; filters,
	 * interceptors and handlers that ask again get the same object.
	 * @return the body, or {@code null} for a tombstone
	 * @throws DecodingException when the body is not what the content type says
	 */
	@Nullable Object body();

	/**
	 * Return the body as a value of a type, as if it was a parameter of the handler. It
	 * is decoded once for each type that is asked for.
	 * @param type the type
	 * @param <T> the type
	 * @return the body, or {@code null} for a tombstone
	 * @throws DecodingException when the body is no value of that type
	 */
	<T> @Nullable T body(Class<T> type);

	/**
	 * Return the body as a value of a generic type, as if it was a parameter of the
	 * handler. It is decoded once for each type that is asked for.
	 * @param type the type
	 * @return the body, or {@code null} for a tombstone
	 * @throws DecodingException when the body is no value of that type
	 */
	@Nullable Object body(Type type);

	/**
	 * Return the variables of the template that the topic fits.
	 * @return the values by the names of the variables, empty without a template
	 */
	Map<String, String> path();

	/**
	 * Return how often this record has been tried, with this time.
	 * @return the number of the attempt, from 1
	 */
	int attempt();

	/**
	 * Return what filters and interceptors have left for each other and for the handler.
	 * @return values that live as long as this attempt; to be changed by anybody
	 */
	Map<String, Object> attributes();

}
