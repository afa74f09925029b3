package dev.millrace.codec;

import org.apache.kafka.common.header.Header;

/**
 * Body of a record as it goes to the broker.
 *
 * @param bytes the bytes
 * @param contentType the {@code content-type} header that goes with them; one instance
 * for all bodies of a kind
 */
public record EncodedBody(byte[] bytes, Header contentType) {

}
