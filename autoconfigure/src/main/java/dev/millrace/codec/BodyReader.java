package dev.millrace.codec;

import java.lang.reflect.Type;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;
import org.springframework.util.ClassUtils;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.DecodingException;
import dev.millrace.StreamConfigurationException;
import dev.millrace.StreamException;

/**
 * Reads record bodies as values. A codec reads what it is there for; of all else the
 * content type decides how it is read, and where a record has none, the type that is
 * asked for does. A body that is not what it should be is a {@link DecodingException}
 * that says what was expected and where the record is, and never what is in it.
 */
public final class BodyReader {

	private final JsonMapper mapper;

	private final StreamCodecs codecs;

	private final BuiltInReader builtIn;

	private final BuiltInReader fields;

	private final @Nullable StreamCodec named;

	private final @Nullable ContentType assumed;

	private final Map<JavaType, ResolvableType> types;

	private final JavaType node;

	/**
	 * Create a reader that only reads JSON, text and bytes.
	 * @param mapper the mapper that reads JSON
	 */
	public BodyReader(JsonMapper mapper) {
		this(mapper, StreamCodecs.none());
	}

	/**
	 * Create a reader.
	 * @param mapper the mapper that reads JSON
	 * @param codecs the codecs for everything else
	 */
	public BodyReader(JsonMapper mapper, StreamCodecs codecs) {
		this(mapper, codecs, BuiltInReader.of(mapper), BuiltInReader.exact(mapper), null, null,
				new ConcurrentHashMap<>());
	}

	private BodyReader(JsonMapper mapper, StreamCodecs codecs, BuiltInReader builtIn, BuiltInReader fields,
			@Nullable StreamCodec named, @Nullable ContentType assumed, Map<JavaType, ResolvableType> types) {
		this.mapper = mapper;
		this.codecs = codecs;
		this.builtIn = builtIn;
		this.fields = fields;
		this.named = named;
		this.assumed = assumed;
		this.types = types;
		this.node = mapper.constructType(JsonNode.class);
	}

	/**
	 * Return a reader for the records of one subscriber.
	 * @param codec the name of the codec that reads everything, or {@code null}
	 * @param contentType the content type of records that have none, or {@code null}
	 * @param targets the types that its handlers take
	 * @param where the subscriber, for errors
	 * @return the reader
	 * @throws StreamConfigurationException when there is no such codec, or nothing reads
	 * one of the types from that content type
	 */
	public BodyReader forSubscriber(@Nullable String codec, @Nullable String contentType, List<? extends Type> targets,
			String where) {
		if (codec == null && contentType == null) {
			return this;
		}
		ContentType assumed = (contentType != null) ? ContentType.parse(contentType) : null;
		if (codec == null && assumed != null && !isReadable(assumed, targets)) {
			throw new StreamConfigurationException(
					"%s has the content type '%s', which nothing can read.".formatted(where, contentType),
					"Declare a bean of type dev.millrace.codec.StreamCodec that has it.");
		}
		return new BodyReader(this.mapper, this.codecs, this.builtIn, this.fields,
				(codec != null) ? this.codecs.named(codec, where) : null, assumed, this.types);
	}

	private boolean isReadable(ContentType contentType, List<? extends Type> targets) {
		return contentType.kind() != ContentType.Kind.OTHER || this.codecs.ofContentType(contentType) != null
				|| targets.stream()
					.map((target) -> this.mapper.constructType(target).getRawClass())
					.allMatch((target) -> target == byte[].class || this.codecs.ofType(target) != null);
	}

	/**
	 * Read the body of a record.
	 * @param record the record
	 * @param target the type to read it as
	 * @return the value; {@code null} for a tombstone, for the JSON {@code null}, and for
	 * an empty body of no content type unless text or bytes are asked for
	 * @throws DecodingException when the body is no value of that type
	 * @throws StreamException when a codec could not read it just now
	 */
	public @Nullable Object read(ConsumerRecord<byte[], byte[]> record, JavaType target) {
		return read(record, record.value(), contentType(record.headers()), target);
	}

	/**
	 * Read the body of a record.
	 * @param record the record
	 * @param target the type to read it as
	 * @return the value, as {@link #read(ConsumerRecord, JavaType)} says
	 * @throws DecodingException when the body is no value of that type
	 * @throws StreamException when a codec could not read it just now
	 */
	public @Nullable Object read(ConsumerRecord<byte[], byte[]> record, Type target) {
		return read(record, this.mapper.constructType(target));
	}

	/**
	 * Return the media type of a record's body.
	 * @param record the record
	 * @return the media type in lower case, without parameters; empty when neither the
	 * record nor its subscriber says one
	 */
	public String contentType(ConsumerRecord<byte[], byte[]> record) {
		return contentType(record.headers()).mediaType();
	}

	/**
	 * Open the body of a record as JSON tokens, whatever its content type unless that
	 * says that it is something else.
	 * @param record the record
	 * @param expected what is expected, for the error
	 * @return a parser before the first token, or {@code null} when there is no body
	 * @throws DecodingException when the content type rules JSON out
	 * @throws StreamException when a codec could not read it just now
	 */
	public @Nullable JsonParser open(ConsumerRecord<byte[], byte[]> record, String expected) {
		byte[] body = record.value();
		if (body == null) {
			return null;
		}
		ContentType contentType = contentType(record.headers());
		StreamCodec codec = codec(contentType, JsonNode.class);
		if (codec != null) {
			BodyReader exact = new BodyReader(this.mapper, this.codecs, this.fields, this.fields, this.named,
					this.assumed, this.types);
			Object node = read(codec, new SourceRecord(exact, codec, record, body, contentType), this.node);
			return (node != null) ? new TreeTokens(this.mapper.treeAsTokens((JsonNode) node)) : null;
		}
		return switch (contentType.kind()) {
			case JSON -> this.builtIn.parser(body);
			case UNMARKED -> (body.length > 0) ? this.builtIn.parser(body) : null;
			case TEXT, OTHER -> throw failure(record, expected, contentType, null);
		};
	}

	/**
	 * Create the exception for a body that is not what was expected.
	 * @param record the record
	 * @param expected what is expected
	 * @param cause why it is not
	 * @return the exception
	 */
	public DecodingException failure(ConsumerRecord<byte[], byte[]> record, String expected,
			@Nullable Throwable cause) {
		return failure(record, expected, contentType(record.headers()), cause);
	}

	// The codec that the subscriber names has had its turn.
	@Nullable Object readInside(StreamCodec codec, ConsumerRecord<byte[], byte[]> record, byte[] body,
			@Nullable String contentType, ResolvableType target) {
		BodyReader reader = new BodyReader(this.mapper, this.codecs.inside(codec), this.builtIn, this.fields, null,
				this.assumed, this.types);
		return reader.read(record, body, (contentType != null) ? ContentType.parse(contentType) : ContentType.UNMARKED,
				this.mapper.constructType(target.getType()));
	}

	private @Nullable Object read(ConsumerRecord<byte[], byte[]> record, byte @Nullable [] body,
			ContentType contentType, JavaType target) {
		if (target.getRawClass() == byte[].class) {
			return body;
		}
		Class<?> type = ClassUtils.resolvePrimitiveIfNecessary(target.getRawClass());
		StreamCodec codec = codec(contentType, type);
		if (codec != null && (body != null || codec.supports(type))) {
			return read(codec, new SourceRecord(this, codec, record, body, contentType), target);
		}
		if (body == null) {
			return null;
		}
		try {
			return this.builtIn.read(body, contentType, target);
		}
		catch (RuntimeException ex) {
			throw failure(record, target.toCanonical(), contentType, ex);
		}
	}

	private @Nullable Object read(StreamCodec codec, SourceRecord record, JavaType target) {
		try {
			Object value = codec.read(record, this.types.computeIfAbsent(target, BodyReader::resolvable));
			if (value != null && !ClassUtils.isAssignableValue(target.getRawClass(), value)) {
				throw new IllegalStateException(
						"%s made a %s".formatted(codec.getClass().getName(), value.getClass().getTypeName()));
			}
			return value;
		}
		catch (StreamException ex) {
			throw ex;
		}
		catch (Exception ex) {
			if (ex instanceof InterruptedException) {
				Thread.currentThread().interrupt();
			}
			if (RemoteFailure.isAmongCauses(ex)) {
				throw new StreamException(describe(record.record(), target.toCanonical(), record.type()), ex);
			}
			throw failure(record.record(), target.toCanonical(), record.type(), ex);
		}
	}

	private @Nullable StreamCodec codec(ContentType contentType, Class<?> target) {
		if (this.named != null || this.codecs.isEmpty()) {
			return this.named;
		}
		StreamCodec codec = this.codecs.ofType(target);
		if (codec == null) {
			codec = contentType.isSilent() ? this.codecs.serdeReading(target) : this.codecs.ofContentType(contentType);
		}
		return codec;
	}

	private ContentType contentType(Headers headers) {
		ContentType contentType = ContentType.of(headers);
		return (this.assumed != null && contentType.isSilent()) ? this.assumed : contentType;
	}

	private static ResolvableType resolvable(JavaType type) {
		if (type.isArrayType()) {
			return ResolvableType.forArrayComponent(resolvable(type.getContentType()));
		}
		ResolvableType[] generics = type.getBindings()
			.getTypeParameters()
			.stream()
			.map(BodyReader::resolvable)
			.toArray(ResolvableType[]::new);
		return (generics.length > 0) ? ResolvableType.forClassWithGenerics(type.getRawClass(), generics)
				: ResolvableType.forClass(type.getRawClass());
	}

	private static DecodingException failure(ConsumerRecord<byte[], byte[]> record, String expected,
			ContentType contentType, @Nullable Throwable cause) {
		String remedy = (contentType.kind() == ContentType.Kind.OTHER) ? "; what reads it is a bean of type StreamCodec"
				: "";
		return new DecodingException(describe(record, expected, contentType) + remedy, cause);
	}

	private static String describe(ConsumerRecord<byte[], byte[]> record, String expected, ContentType contentType) {
		return "Can't read the body of %s-%d@%d, %s, as %s".formatted(record.topic(), record.partition(),
				record.offset(), contentType.describe(), expected);
	}

}
