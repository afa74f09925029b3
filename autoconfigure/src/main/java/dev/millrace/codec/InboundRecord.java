package dev.millrace.codec;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Record whose body a {@link StreamCodec} reads.
 */
public interface InboundRecord {

	/**
	 * Return the topic.
	 * @return the topic
	 */
	String topic();

	/**
	 * Return the headers. They are those of the record and must not be changed.
	 * @return the headers
	 */
	Headers headers();

	/**
	 * Return the body. It is that of the record and must not be changed.
	 * @return the body; {@code null} only for a codec that supports the type that is
	 * asked for
	 */
	byte @Nullable [] body();

	/**
	 * Return the content type.
	 * @return what the record says, else what its subscriber assumes, else {@code null}
	 */
	@Nullable String contentType();

	/**
	 * Read a body that was found inside of this one, as if a record had brought it: what
	 * was decrypted, unpacked, or fetched from elsewhere. The codec that reads this
	 * record does not read that too, neither because the subscriber names it nor because
	 * it supports the type; it does if the content type is one of its own.
	 * @param body the body that was found
	 * @param contentType its content type, or {@code null} when nobody knows it
	 * @param target the type that is asked for
	 * @return the value
	 * @throws dev.millrace.DecodingException when the body is no value of that type
	 */
	@Nullable Object read(byte[] body, @Nullable String contentType, ResolvableType target);

}
