package dev.millrace.publisher;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;
import org.springframework.util.ObjectUtils;

import dev.millrace.OutgoingRecord;
import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamRecord;
import dev.millrace.codec.BodyWriter;
import dev.millrace.codec.EncodedBody;

/**
 * Has what is about to be published pass its interceptors, and encodes it. A body that
 * goes to several topics is written once. For one thread.
 */
final class RecordEncoder {

	private static final EncodedBody NO_BODY = new EncodedBody(null,
			List.of(TextHeader.of(RecordHeaderNames.CONTENT_TYPE, "")));

	private final List<ProducerRecord<byte[], byte[]>> encoded;

	private List<ObservedRecord> observed = List.of();

	private final @Nullable StreamRecord handled;

	private @Nullable BodyWriter writer;

	private @Nullable Object body;

	private @Nullable EncodedBody written;

	/**
	 * Create an encoder.
	 * @param size how many records will be added, or about as many
	 * @param handled the record that is being handled, or {@code null}
	 */
	RecordEncoder(int size, @Nullable StreamRecord handled) {
		this.encoded = new ArrayList<>(size);
		this.handled = handled;
	}

	/**
	 * Encode a record and add what has come of it. However something is published, it
	 * passes its interceptors here or in {@link #encode}.
	 * @param record the record
	 * @param writer writes its body
	 * @param interceptors what it passes before, the outermost first
	 */
	void add(OutgoingRecord record, BodyWriter writer, List<PublisherInterceptor> interceptors) {
		if (interceptors.isEmpty()) {
			this.encoded.add(write(record, writer));
		}
		else {
			this.encoded.addAll(encode(record, writer, interceptors));
		}
	}

	/**
	 * Encode a record without adding it.
	 * @param record the record
	 * @param writer writes its body
	 * @param interceptors what it passes before, the outermost first
	 * @return the record as it goes to the producer, or whatever interceptors have made
	 * of it
	 */
	List<ProducerRecord<byte[], byte[]>> encode(OutgoingRecord record, BodyWriter writer,
			List<PublisherInterceptor> interceptors) {
		if (interceptors.isEmpty()) {
			return List.of(write(record, writer));
		}
		try {
			return new InterceptedPublishing(interceptors, this.handled, (passed) -> observed(passed, writer))
				.encode(record);
		}
		catch (RuntimeException ex) {
			abandon(ex);
			throw ex;
		}
	}

	/**
	 * Tell interceptors that nothing of all this is sent.
	 * @param failure why
	 */
	void abandon(Throwable failure) {
		this.observed.forEach((record) -> record.completed(null, failure));
	}

	private ObservedRecord observed(OutgoingRecord record, BodyWriter writer) {
		ObservedRecord observed = new ObservedRecord(write(record, writer));
		if (this.observed.isEmpty()) {
			this.observed = new ArrayList<>();
		}
		this.observed.add(observed);
		return observed;
	}

	/**
	 * Return the records as they go to the producer.
	 * @return the records, in the order in which they were added
	 */
	List<ProducerRecord<byte[], byte[]>> encoded() {
		return this.encoded;
	}

	private ProducerRecord<byte[], byte[]> write(OutgoingRecord record, BodyWriter writer) {
		EncodedBody body = body(record, writer);
		Long timestamp = (record.timestamp() != null) ? record.timestamp().toEpochMilli() : null;
		ProducerRecord<byte[], byte[]> written = new ProducerRecord<>(record.topic(), record.partition(), timestamp,
				key(record.key()), body.bytes());
		for (Header header : body.headers()) {
			written.headers().add(header);
		}
		for (Header header : record.headers()) {
			replace(written.headers(), header);
		}
		return written;
	}

	// The last one of a name counts.
	private static void replace(Headers headers, Header header) {
		if (headers.lastHeader(header.key()) != null) {
			headers.remove(header.key());
		}
		headers.add(header);
	}

	private EncodedBody body(OutgoingRecord record, BodyWriter writer) {
		if (record.body() == null) {
			return NO_BODY;
		}
		EncodedBody written = this.written;
		if (written == null || record.body() != this.body || writer != this.writer) {
			written = writer.write(record.body(), record.topic());
			this.written = written;
			this.body = record.body();
			this.writer = writer;
		}
		return written;
	}

	private static byte @Nullable [] key(@Nullable Object value) {
		Object key = ObjectUtils.unwrapOptional(value);
		if (key == null || key instanceof byte[]) {
			return (byte[]) key;
		}
		return key.toString().getBytes(StandardCharsets.UTF_8);
	}

}
