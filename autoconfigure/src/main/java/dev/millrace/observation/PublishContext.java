package dev.millrace.observation;

import java.util.LinkedHashMap;
import java.util.Map;

import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import org.jspecify.annotations.Nullable;

import dev.millrace.PublishResult;

/**
 * Context of the publishing of one record, until the broker has confirmed it or it has
 * failed for the first time. The headers of the trace are added to the record.
 */
public final class PublishContext extends SenderContext<Map<String, String>> {

	private final String topic;

	private final @Nullable Object key;

	private volatile @Nullable PublishResult result;

	PublishContext(String topic, @Nullable Object key) {
		super((headers, name, value) -> {
			if (headers != null) {
				headers.put(name, value);
			}
		}, Kind.PRODUCER);
		this.topic = topic;
		this.key = key;
		setCarrier(new LinkedHashMap<>());
	}

	/**
	 * Return the topic.
	 * @return the topic as it is before interceptors are called
	 */
	public String topic() {
		return this.topic;
	}

	/**
	 * Return the key.
	 * @return the key before it is encoded, or {@code null} when there is none
	 */
	public @Nullable Object key() {
		return this.key;
	}

	/**
	 * Return where the broker has put the record.
	 * @return the partition and the offset, or {@code null} as long as that is not known
	 */
	public @Nullable PublishResult result() {
		return this.result;
	}

	void result(@Nullable PublishResult result) {
		this.result = result;
	}

}
