package dev.millrace.codec;

import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Reads and writes record bodies of a format that Millrace doesn't know by itself.
 * <p>
 * Beans of this type are found. Which one reads a body is decided in this order: the one
 * that the subscriber names ({@code codec}), one that {@link #supports} the type that the
 * handler takes, one of the record's {@link #contentTypes() content type}. Of several
 * that match, the first in Spring's order reads. {@code byte[]} is always the body as it
 * is, and a body that is {@code null} is {@code null}, without asking a codec; only one
 * that supports the type is asked, because there the headers may make a value.
 * <p>
 * Which one writes a value: the one that the publisher names ({@code codec}), one of the
 * content type that the publisher asks for ({@code contentType}), one that supports the
 * type of the value.
 * <p>
 * <strong>Contract.</strong> A codec is called by many threads at once, the threads of
 * the handlers, never by the one that polls. It is asked again when a record is handled
 * again. Whatever {@link #read} throws means that the body is not what it should be: a
 * {@link dev.millrace.DecodingException} that is not repeated, after which the record
 * becomes a dead letter. A failure that has nothing to do with the body, a registry that
 * does not answer, is a {@link dev.millrace.StreamException} of any other type and is
 * repeated like an exception of the handler; so is one with an exception of the network,
 * or of a well-known HTTP or registry client, among its causes. Whatever {@link #write}
 * throws is repeated.
 */
public interface StreamCodec {

	/**
	 * Return the content types whose bodies this codec reads, and writes when a publisher
	 * asks for one, for example {@code application/xml}: in lower case, without
	 * parameters. Asked once. {@code application/json}, {@code text/plain} and
	 * {@code application/octet-stream} are Millrace's own and can't be among them.
	 * @return the content types; empty by default
	 */
	default List<String> contentTypes() {
		return List.of();
	}

	/**
	 * Decide whether values of a type are read and written by this codec, whatever the
	 * content type. The answer must not change.
	 * @param type the raw type that a handler takes, or the class of a value to write; of
	 * a primitive type its wrapper
	 * @return whether they are; {@code false} by default
	 */
	default boolean supports(Class<?> type) {
		return false;
	}

	/**
	 * Read a body.
	 * @param record the record
	 * @param target the type that is asked for; {@code tools.jackson.databind.JsonNode}
	 * where a handler takes single fields of the body
	 * @return the value, an instance of that type, or {@code null}
	 * @throws Exception when that is not possible
	 */
	@Nullable Object read(InboundRecord record, ResolvableType target) throws Exception;

	/**
	 * Write a value.
	 * @param value the value
	 * @param record the record that it becomes the body of, and to which headers may be
	 * added: {@code content-type} where none is asked for
	 * @return the body, or {@code null} for a record without one
	 * @throws Exception when that is not possible
	 */
	default byte @Nullable [] write(Object value, OutboundRecord record) throws Exception {
		throw new UnsupportedOperationException(getClass().getName() + " only reads");
	}

}
