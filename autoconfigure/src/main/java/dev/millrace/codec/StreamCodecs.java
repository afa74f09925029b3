package dev.millrace.codec;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;
import org.springframework.util.ClassUtils;

import dev.millrace.StreamConfigurationException;

/**
 * The codecs of an application.
 */
public final class StreamCodecs implements AutoCloseable {

	private final Map<String, StreamCodec> byName;

	private final List<StreamCodec> codecs;

	private final Map<String, StreamCodec> byContentType;

	private final Map<Class<?>, Optional<StreamCodec>> byType = new ConcurrentHashMap<>();

	private final Map<StreamCodec, StreamCodecs> inside = new ConcurrentHashMap<>();

	private final @Nullable KafkaSerdeCodec serde;

	/**
	 * Create a collection of codecs.
	 * @param byName the codecs by the names of their beans, in their order
	 * @param serde what the application's own Kafka clients read and write by, or
	 * {@code null} when those do nothing that Millrace doesn't do itself
	 * @throws StreamConfigurationException when a codec has a content type that is not
	 * for codecs
	 */
	public StreamCodecs(Map<String, StreamCodec> byName, @Nullable KafkaSerdeCodec serde) {
		this.byName = new LinkedHashMap<>(byName);
		this.codecs = List.copyOf(byName.values());
		this.byContentType = new HashMap<>();
		this.serde = serde;
		byName.forEach((name, codec) -> codec.contentTypes().forEach((contentType) -> add(name, codec, contentType)));
	}

	private StreamCodecs(StreamCodecs original, StreamCodec without) {
		this.byName = original.byName;
		this.codecs = original.codecs.stream().filter((codec) -> codec != without).toList();
		this.byContentType = original.byContentType;
		this.serde = original.serde;
	}

	/**
	 * Return a collection without codecs.
	 * @return no codecs
	 */
	public static StreamCodecs none() {
		return new StreamCodecs(Map.of(), null);
	}

	private void add(String name, StreamCodec codec, String contentType) {
		ContentType parsed = ContentType.parse(contentType);
		if (parsed.own()) {
			throw new StreamConfigurationException(
					"The codec '%s' has the content type '%s', which is Millrace's own.".formatted(name, contentType),
					"Remove it, and name the codec at the subscribers that need it: "
							+ "@StreamSubscriber(codec = \"%s\").".formatted(name));
		}
		this.byContentType.putIfAbsent(parsed.mediaType(), codec);
	}

	boolean isEmpty() {
		return this.byName.isEmpty() && this.serde == null;
	}

	/**
	 * Return the codecs for what a codec finds inside of a body. It would read that as it
	 * reads the body, without end, unless the content type of what it has found says so.
	 * @param codec the codec that reads
	 * @return the same codecs, of which this one reads no type
	 */
	StreamCodecs inside(StreamCodec codec) {
		return this.inside.computeIfAbsent(codec, (without) -> new StreamCodecs(this, without));
	}

	StreamCodec named(String name, String where) {
		StreamCodec codec = this.byName.get(name);
		if (codec == null) {
			throw new StreamConfigurationException(
					"%s names the codec '%s', which does not exist.".formatted(where, name),
					"Declare a bean of type dev.millrace.codec.StreamCodec with that name" + (this.byName.isEmpty()
							? "." : ", or name one of %s.".formatted(new TreeSet<>(this.byName.keySet()))));
		}
		return codec;
	}

	@Nullable StreamCodec ofType(Class<?> declared) {
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(declared);
		Optional<StreamCodec> known = this.byType.get(type);
		if (known == null) {
			known = this.codecs.stream().filter((codec) -> codec.supports(type)).findFirst();
			this.byType.put(type, known);
		}
		return known.orElse(null);
	}

	@Nullable StreamCodec ofContentType(ContentType contentType) {
		return contentType.own() ? null : this.byContentType.get(contentType.mediaType());
	}

	@Nullable StreamCodec serdeReading(Class<?> type) {
		return (this.serde != null && this.serde.reads(type)) ? this.serde : null;
	}

	@Nullable StreamCodec serdeWriting(Class<?> type) {
		return (this.serde != null && this.serde.writes(type)) ? this.serde : null;
	}

	@Override
	public void close() {
		if (this.serde != null) {
			this.serde.close();
		}
	}

}
