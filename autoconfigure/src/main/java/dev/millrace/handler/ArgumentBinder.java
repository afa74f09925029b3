package dev.millrace.handler;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Fills in one or more of a handler's arguments from a record.
 */
@FunctionalInterface
interface ArgumentBinder {

	void bind(ConsumerRecord<byte[], byte[]> record, @Nullable Object[] arguments);

}
