package dev.millrace.console.record;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Makes views of records. Safe for use by several threads.
 */
public final class RecordViews {

	/**
	 * Beginnings of values, as they are in lists.
	 */
	public static final RecordViews BRIEF = new RecordViews(4096);

	/**
	 * Whole values, as long as that can be shown.
	 */
	public static final RecordViews WHOLE = new RecordViews(1 << 20);

	private static final PayloadReader KEYS = new PayloadReader(1024);

	private static final int HEADER_BYTES = 8192;

	private final PayloadReader values;

	private RecordViews(int limit) {
		this.values = new PayloadReader(limit);
	}

	/**
	 * Make the view of a record that was read.
	 * @param record the record
	 * @return the view
	 */
	public RecordView of(ConsumerRecord<byte[], byte[]> record) {
		return new RecordView(record.topic(), record.partition(), record.offset(),
				Instant.ofEpochMilli(record.timestamp()), KEYS.read(record.key()), headers(record.headers()),
				this.values.read(record.value()));
	}

	/**
	 * Make the view of a record that might be written.
	 * @param record the record
	 * @return the view
	 */
	public RecordView of(ProducerRecord<byte[], byte[]> record) {
		Long timestamp = record.timestamp();
		return new RecordView(record.topic(), record.partition(), null,
				(timestamp != null) ? Instant.ofEpochMilli(timestamp) : null, KEYS.read(record.key()),
				headers(record.headers()), this.values.read(record.value()));
	}

	private static List<HeaderView> headers(Headers headers) {
		return StreamSupport.stream(headers.spliterator(), false).map(RecordViews::header).toList();
	}

	private static HeaderView header(Header header) {
		return new HeaderView(header.key(), text(header.value()));
	}

	private static @Nullable String text(byte @Nullable [] bytes) {
		if (bytes == null) {
			return null;
		}
		int length = Math.min(bytes.length, HEADER_BYTES);
		return (PayloadReader.text(bytes) != null) ? new String(bytes, 0, length, StandardCharsets.UTF_8)
				: HexFormat.ofDelimiter(" ").formatHex(bytes, 0, length);
	}

}
