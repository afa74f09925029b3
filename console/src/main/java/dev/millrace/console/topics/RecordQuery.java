package dev.millrace.console.topics;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

/**
 * Which records of a topic are asked for.
 *
 * @param topic the topic
 * @param partition the partition, or {@code null} for all
 * @param start where to begin; only the newest are read backwards
 * @param offset the offset to begin at, where that is said
 * @param time the time to begin at, where that is said
 * @param text what key or value has to contain, in lower or upper case, or {@code null}
 * @param limit how many at most, from 1 to {@value #MAX}
 * @param cursor where the page before has ended, or {@code null}
 */
record RecordQuery(String topic, @Nullable Integer partition, Start start, @Nullable Long offset,
		@Nullable Instant time, @Nullable String text, int limit, @Nullable RecordCursor cursor) {

	static final int MAX = 200;

	RecordQuery {
		Assert.isTrue(limit > 0 && limit <= MAX, "The limit must be between 1 and " + MAX);
		Assert.isTrue(start != Start.OFFSET || offset != null, "Say at which offset to begin");
		Assert.isTrue(start != Start.TIME || time != null, "Say at which time to begin");
		text = (text != null && !text.isEmpty()) ? text.toLowerCase(Locale.ROOT) : null;
	}

	boolean isBackwards() {
		return this.start == Start.NEWEST;
	}

	boolean takes(ConsumerRecord<byte[], byte[]> record) {
		return this.text == null || contains(record.key(), this.text) || contains(record.value(), this.text);
	}

	private static boolean contains(byte @Nullable [] bytes, String text) {
		return bytes != null && new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT).contains(text);
	}

	/**
	 * Where to begin.
	 */
	enum Start {

		/** At the end, backwards. */
		NEWEST,

		/** At the beginning. */
		OLDEST,

		/** At an offset of each partition. */
		OFFSET,

		/** At the first record of each partition with that time or a later one. */
		TIME

	}

}
