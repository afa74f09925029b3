package dev.millrace.handler;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Reads one value of a record; {@code null} when it has none.
 */
@FunctionalInterface
interface ValueReader {

	@Nullable Object read(ConsumerRecord<byte[], byte[]> record);

}
