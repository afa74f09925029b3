package dev.millrace.codec;

import java.util.List;

import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * Body of a record as it goes to the broker.
 *
 * @param bytes the bytes, or {@code null} for a record without a body
 * @param headers the headers that go with them, {@code content-type} among them where the
 * body has one
 */
public record EncodedBody(byte @Nullable [] bytes, List<Header> headers) {

}
