package dev.millrace.publisher;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.millrace.OutgoingRecord;
import dev.millrace.PublishResult;
import dev.millrace.PublisherInterceptor;
import dev.millrace.StreamRecord;

/**
 * Publishing of one record that passes interceptors. For one thread.
 */
final class InterceptedPublishing {

	private final List<PublisherInterceptor> interceptors;

	private final @Nullable StreamRecord handled;

	private final Function<OutgoingRecord, ObservedRecord> encoding;

	private final List<ObservedRecord> encoded = new ArrayList<>(1);

	private volatile boolean over;

	/**
	 * Create the publishing of a record.
	 * @param interceptors what it passes, the outermost first
	 * @param handled the record that is being handled, or {@code null}
	 * @param encoding encodes what has passed all of them
	 */
	InterceptedPublishing(List<PublisherInterceptor> interceptors, @Nullable StreamRecord handled,
			Function<OutgoingRecord, ObservedRecord> encoding) {
		this.interceptors = interceptors;
		this.handled = handled;
		this.encoding = encoding;
	}

	/**
	 * Have a record pass the interceptors.
	 * @param record the record
	 * @return the records that have come out in its place, encoded
	 */
	List<ProducerRecord<byte[], byte[]>> encode(OutgoingRecord record) {
		try {
			proceed(record, 0);
			return List.copyOf(this.encoded);
		}
		finally {
			this.over = true;
		}
	}

	private CompletionStage<PublishResult> proceed(OutgoingRecord record, int index) {
		Assert.state(!this.over, "An interceptor must go on before it returns");
		int before = this.encoded.size();
		if (index < this.interceptors.size()) {
			this.interceptors.get(index).intercept(record, new Rest(index + 1));
		}
		else {
			this.encoded.add(this.encoding.apply(record));
		}
		List<ObservedRecord> passed = this.encoded.subList(before, this.encoded.size());
		return PublishResults.ofOne(record.topic(), passed.stream().map(ObservedRecord::outcome).toList());
	}

	/**
	 * What comes after an interceptor.
	 */
	private final class Rest implements PublisherInterceptor.Publishing {

		private final int index;

		Rest(int index) {
			this.index = index;
		}

		@Override
		public CompletionStage<PublishResult> proceed(OutgoingRecord record) {
			return InterceptedPublishing.this.proceed(record, this.index);
		}

		@Override
		public @Nullable StreamRecord handled() {
			return InterceptedPublishing.this.handled;
		}

	}

}
