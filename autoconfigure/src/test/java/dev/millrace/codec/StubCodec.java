package dev.millrace.codec;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;
import org.springframework.core.ResolvableType;

/**
 * Codec of text in capitals: reads it as {@link Shout}.
 */
class StubCodec implements StreamCodec {

	final List<ResolvableType> targets = new ArrayList<>();

	private final List<String> contentTypes;

	StubCodec(String... contentTypes) {
		this.contentTypes = List.of(contentTypes);
	}

	@Override
	public List<String> contentTypes() {
		return this.contentTypes;
	}

	@Override
	public @Nullable Object read(InboundRecord record, ResolvableType target) throws Exception {
		this.targets.add(target);
		byte[] body = record.body();
		return new Shout((body != null) ? new String(body, StandardCharsets.UTF_8) : "silence", record.contentType());
	}

	@Override
	public byte @Nullable [] write(Object value, OutboundRecord record) throws Exception {
		record.header("to", record.topic());
		return value.toString().toUpperCase().getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * What was read.
	 *
	 * @param text the text
	 * @param contentType the content type
	 */
	record Shout(String text, @Nullable String contentType) {

	}

}
