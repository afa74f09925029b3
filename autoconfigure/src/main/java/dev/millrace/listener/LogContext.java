package dev.millrace.listener;

import java.nio.charset.StandardCharsets;
import java.util.List;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RunContext;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.handler.BatchInvoker;
import dev.millrace.handler.InvokerDecorator;
import dev.millrace.handler.RecordInvoker;

/**
 * Puts into the logging context which record is being handled, so that it is there with
 * whatever is logged meanwhile: the subscriber, and the topic, the partition, the offset
 * and the key of the record. Of a batch, what its records have in common.
 */
public final class LogContext implements InvokerDecorator {

	static final String SUBSCRIBER = "millrace.subscriber";

	static final String TOPIC = "millrace.topic";

	static final String PARTITION = "millrace.partition";

	static final String OFFSET = "millrace.offset";

	static final String KEY = "millrace.key";

	private final ThreadLocal<Entry> current = new ThreadLocal<>();

	/**
	 * Return the context of a subscriber's records.
	 * @param endpoint the subscriber
	 * @return the context
	 */
	public RunContext runs(SubscriberEndpoint endpoint) {
		return new Runs(endpoint.id());
	}

	// A record of a retry topic has become the one that it stands for by now.
	@Override
	public RecordInvoker around(SubscriberEndpoint endpoint, RecordInvoker invoker) {
		return (delivery) -> {
			Entry entry = this.current.get();
			if (entry != null && entry.record != delivery.source()) {
				entry.show(delivery.source());
			}
			return invoker.invoke(delivery);
		};
	}

	@Override
	public BatchInvoker around(SubscriberEndpoint endpoint, BatchInvoker invoker) {
		return invoker;
	}

	private static void put(String name, @Nullable String value) {
		if (value != null) {
			MDC.put(name, value);
		}
		else {
			MDC.remove(name);
		}
	}

	/**
	 * Context of one subscriber.
	 */
	private final class Runs implements RunContext {

		private final String subscriber;

		Runs(String subscriber) {
			this.subscriber = subscriber;
		}

		@Override
		public Run begin() {
			Entry entry = newEntry();
			entered(entry);
			entry.series = true;
			return () -> leave(entry);
		}

		@Override
		public Run enter(InFlightRecord record) {
			Entry entry = LogContext.this.current.get();
			if (entry != null && entry.isFree(this.subscriber)) {
				entry.show(record.record());
				return entry;
			}
			entry = newEntry();
			entry.show(record.record());
			return entered(entry);
		}

		@Override
		public Run enter(List<InFlightRecord> records) {
			ConsumerRecord<byte[], byte[]> first = records.get(0).record();
			Entry entry = newEntry();
			if (records.size() == 1) {
				entry.show(first);
				return entered(entry);
			}
			boolean together = records.stream()
				.map(InFlightRecord::record)
				.allMatch((record) -> record.topic().equals(first.topic()) && record.partition() == first.partition());
			entry.show(together ? first.topic() : null, together ? first.partition() : null, null, null);
			return entered(entry);
		}

		private Entry newEntry() {
			return new Entry(this.subscriber, LogContext.this.current.get());
		}

		private Run entered(Entry entry) {
			MDC.put(SUBSCRIBER, this.subscriber);
			LogContext.this.current.set(entry);
			return () -> leave(entry);
		}

		private void leave(Entry entry) {
			Entry outer = entry.outer;
			if (outer != null) {
				LogContext.this.current.set(outer);
				MDC.put(SUBSCRIBER, outer.subscriber);
				outer.showAgain();
			}
			else {
				LogContext.this.current.remove();
				MDC.remove(SUBSCRIBER);
				MDC.remove(TOPIC);
				MDC.remove(PARTITION);
				MDC.remove(OFFSET);
				MDC.remove(KEY);
			}
		}

	}

	/**
	 * What is in the context of one thread. One that handles a series of records keeps it
	 * between them, because most of it stays the same: all that could be logged there is
	 * the engine's.
	 */
	private static final class Entry implements RunContext.Run {

		private final String subscriber;

		private final @Nullable Entry outer;

		private boolean series;

		private @Nullable ConsumerRecord<byte[], byte[]> record;

		private @Nullable String topic;

		private @Nullable Integer partition;

		Entry(String subscriber, @Nullable Entry outer) {
			this.subscriber = subscriber;
			this.outer = outer;
		}

		boolean isFree(String subscriber) {
			return this.series && this.record == null && this.subscriber.equals(subscriber);
		}

		// Ends one record of a series.
		@Override
		public void close() {
			this.record = null;
		}

		void show(ConsumerRecord<byte[], byte[]> record) {
			this.record = record;
			byte[] key = record.key();
			String offset = String.valueOf(record.offset());
			String text = (key != null) ? new String(key, StandardCharsets.UTF_8) : null;
			if (MDC.get(SUBSCRIBER) == null) {
				// A handler has cleared it.
				MDC.put(SUBSCRIBER, this.subscriber);
				this.partition = null;
			}
			if (this.partition != null && this.partition == record.partition() && record.topic().equals(this.topic)) {
				put(OFFSET, offset);
				put(KEY, text);
			}
			else {
				show(record.topic(), record.partition(), offset, text);
			}
		}

		void showAgain() {
			ConsumerRecord<byte[], byte[]> shown = this.record;
			if (shown != null) {
				this.partition = null;
				show(shown);
			}
			else {
				show(this.topic, this.partition, null, null);
			}
		}

		void show(@Nullable String topic, @Nullable Integer partition, @Nullable String offset, @Nullable String key) {
			this.topic = topic;
			this.partition = partition;
			put(TOPIC, topic);
			put(PARTITION, (partition != null) ? partition.toString() : null);
			put(OFFSET, offset);
			put(KEY, key);
		}

	}

}
