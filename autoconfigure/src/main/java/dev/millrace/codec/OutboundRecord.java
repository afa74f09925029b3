package dev.millrace.codec;

import java.nio.charset.StandardCharsets;

import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Record whose body a {@link StreamCodec} writes.
 *
 * @param topic the topic
 * @param headers the headers, to which the codec may add
 * @param contentType the content type that is asked for, which becomes the header
 * {@code content-type} unless the codec adds another, or {@code null}
 */
public record OutboundRecord(String topic, Headers headers, @Nullable String contentType) {

	/**
	 * Add a header.
	 * @param name the name, for example {@code content-type}
	 * @param value the value, which is written as UTF-8
	 */
	public void header(String name, String value) {
		this.headers.add(name, value.getBytes(StandardCharsets.UTF_8));
	}

}
