package dev.millrace.test.broker;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.consumer.internals.AutoOffsetResetStrategy;
import org.apache.kafka.clients.consumer.internals.SubscriptionState;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RecordDeserializationException;
import org.apache.kafka.common.errors.RecordDeserializationException.DeserializationExceptionOrigin;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

import dev.millrace.test.broker.LogEntry.RecordData;

/**
 * Reads what a consumer has not seen yet: one partition after the other, beginning with
 * the one behind the last that it has read.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
final class RecordFetcher<K, V> {

	private final BrokerState broker;

	private final SubscriptionState subscriptions;

	private final ConsumerOptions options;

	private final Positions positions;

	private final Signal signal;

	private final Deserializer<K> keyDeserializer;

	private final Deserializer<V> valueDeserializer;

	private @Nullable TopicPartition last;

	RecordFetcher(BrokerState broker, ConsumerHandle consumer, ConsumerOptions options, Positions positions,
			Deserializer<K> keyDeserializer, Deserializer<V> valueDeserializer) {
		this.broker = broker;
		this.subscriptions = consumer.subscriptions();
		this.signal = consumer.signal();
		this.options = options;
		this.positions = positions;
		this.keyDeserializer = keyDeserializer;
		this.valueDeserializer = valueDeserializer;
	}

	/**
	 * Read, and move the positions behind what was read. Where there are only marks of
	 * transactions and aborted records, the position moves too.
	 * @return the records; empty without position where nothing has moved
	 */
	ConsumerRecords<K, V> fetch() {
		Map<TopicPartition, List<ConsumerRecord<K, V>>> records = new HashMap<>();
		Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
		int room = this.options.maxPollRecords();
		for (TopicPartition partition : fetchable()) {
			Slice slice = slice(partition, room);
			List<ConsumerRecord<K, V>> decoded = decode(partition, slice, !records.isEmpty());
			if (slice.next > slice.position) {
				boolean whole = decoded.size() == slice.records.size();
				long position = whole ? slice.next : slice.records.get(decoded.size()).offset();
				this.positions.advance(partition, position);
				next.put(partition, new OffsetAndMetadata(position, Optional.of(0), ""));
			}
			if (!decoded.isEmpty()) {
				records.put(partition, decoded);
				this.last = partition;
				room -= decoded.size();
			}
			if (room == 0 || decoded.size() < slice.records.size()) {
				break;
			}
		}
		return new ConsumerRecords<>(records, next);
	}

	void close() {
		this.keyDeserializer.close();
		this.valueDeserializer.close();
	}

	private List<TopicPartition> fetchable() {
		List<TopicPartition> partitions = new ArrayList<>(this.subscriptions.fetchablePartitions((partition) -> true));
		Collections.rotate(partitions, -(partitions.indexOf(this.last) + 1));
		return partitions;
	}

	private Slice slice(TopicPartition partition, int room) {
		return this.broker.lock().call(() -> {
			PartitionLog log = this.broker.topics().log(partition);
			long position = this.subscriptions.position(partition).offset;
			if (log == null) {
				return new Slice(List.of(), position, position);
			}
			if (position < log.startOffset() || position > log.endOffset()) {
				outOfRange(partition, position);
				return new Slice(List.of(), position, position);
			}
			return slice(log, position, room);
		});
	}

	private Slice slice(PartitionLog log, long position, int room) {
		boolean committedOnly = this.options.committedOnly();
		List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records = new ArrayList<>();
		for (LogEntry entry : log.read(position, log.endOffset(committedOnly))) {
			if (records.size() == room) {
				return new Slice(records, position, entry.offset());
			}
			RecordData data = entry.visible(committedOnly);
			if (data != null) {
				records.add(data.at(log.partition(), entry.offset()));
			}
			if (records.size() == room) {
				return new Slice(records, position, entry.offset() + 1);
			}
		}
		return new Slice(records, position, Math.max(position, log.endOffset(committedOnly)));
	}

	private void outOfRange(TopicPartition partition, long position) {
		if (this.options.offsetReset().equals(AutoOffsetResetStrategy.NONE)) {
			throw new OffsetOutOfRangeException(Map.of(partition, position));
		}
		this.subscriptions.requestOffsetReset(partition);
		this.signal.raise();
	}

	private List<ConsumerRecord<K, V>> decode(TopicPartition partition, Slice slice, boolean later) {
		List<ConsumerRecord<K, V>> decoded = new ArrayList<>(slice.records.size());
		for (ConsumerRecord<byte @Nullable [], byte @Nullable []> record : slice.records) {
			try {
				decoded.add(decode(record));
			}
			catch (RecordDeserializationException ex) {
				// What is before it is delivered, and the next poll begins with it.
				if (later || !decoded.isEmpty()) {
					return decoded;
				}
				throw ex;
			}
		}
		return decoded;
	}

	private ConsumerRecord<K, V> decode(ConsumerRecord<byte @Nullable [], byte @Nullable []> record) {
		return new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), record.timestamp(),
				record.timestampType(), record.serializedKeySize(), record.serializedValueSize(),
				decode(DeserializationExceptionOrigin.KEY, this.keyDeserializer, record, record.key()),
				decode(DeserializationExceptionOrigin.VALUE, this.valueDeserializer, record, record.value()),
				record.headers(), record.leaderEpoch());
	}

	@SuppressWarnings("NullAway") // Keys and bodies are null where Kafka's are
	private static <T> T decode(DeserializationExceptionOrigin origin, Deserializer<T> deserializer,
			ConsumerRecord<byte @Nullable [], byte @Nullable []> record, byte @Nullable [] bytes) {
		if (bytes == null) {
			return null;
		}
		Headers headers = record.headers();
		try {
			return deserializer.deserialize(record.topic(), headers, bytes);
		}
		catch (RuntimeException ex) {
			TopicPartition partition = new TopicPartition(record.topic(), record.partition());
			throw new RecordDeserializationException(origin, partition, record.offset(), record.timestamp(),
					record.timestampType(), wrap(record.key()), wrap(record.value()), headers,
					"Error deserializing %s for partition %s at offset %d. If needed, please seek past the record to continue consumption."
						.formatted(origin, partition, record.offset()),
					ex);
		}
	}

	private static @Nullable ByteBuffer wrap(byte @Nullable [] bytes) {
		return (bytes != null) ? ByteBuffer.wrap(bytes) : null;
	}

	private record Slice(List<ConsumerRecord<byte @Nullable [], byte @Nullable []>> records, long position, long next) {

	}

}
