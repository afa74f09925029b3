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
		public Run enter(InFlightRecord record) {
			return enter(new Entry(this.subscriber, LogContext.this.current.get()), record.record());
		}

		@Override
		public Run enter(List<InFlightRecord> records) {
			ConsumerRecord<byte[], byte[]> first = records.get(0).record();
			if (records.size() == 1) {
				return enter(new Entry(this.subscriber, LogContext.this.current.get()), first);
			}
			boolean together = records.stream()
				.map(InFlightRecord::record)
				.allMatch((record) -> record.topic().equals(first.topic()) && record.partition() == first.partition());
			Entry entry = new Entry(this.subscriber, LogContext.this.current.get());
			entry.show(together ? first.topic() : null, together ? String.valueOf(first.partition()) : null, null,
					null);
			return entered(entry);
		}

		private Run enter(Entry entry, ConsumerRecord<byte[], byte[]> record) {
			entry.show(record);
			return entered(entry);
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
				outer.show();
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
	 * What is in the context of one thread.
	 */
	private static final class Entry {

		private final String subscriber;

		private final @Nullable Entry outer;

		private @Nullable ConsumerRecord<byte[], byte[]> record;

		private @Nullable String topic;

		private @Nullable String partition;

		Entry(String subscriber, @Nullable Entry outer) {
			this.subscriber = subscriber;
			this.outer = outer;
		}

		void show() {
			if (this.record != null) {
				show(this.record);
			}
			else {
				show(this.topic, this.partition, null, null);
			}
		}

		void show(ConsumerRecord<byte[], byte[]> record) {
			this.record = record;
			byte[] key = record.key();
			show(record.topic(), String.valueOf(record.partition()), String.valueOf(record.offset()),
					(key != null) ? new String(key, StandardCharsets.UTF_8) : null);
		}

		void show(@Nullable String topic, @Nullable String partition, @Nullable String offset, @Nullable String key) {
			this.topic = topic;
			this.partition = partition;
			put(TOPIC, topic);
			put(PARTITION, partition);
			put(OFFSET, offset);
			put(KEY, key);
		}

	}

}
