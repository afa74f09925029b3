package dev.millrace.test.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.clients.producer.internals.ProducerInterceptors;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.record.AbstractRecords;
import org.apache.kafka.common.record.RecordBatch;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

import dev.millrace.test.broker.LogEntry.RecordData;

/**
 * A producer of an in-memory broker. Records are written, and callbacks called, by a
 * thread of its own; what is wrong with a record before that is found out in
 * {@code send}.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
final class InMemoryProducer<K, V> implements Producer<K, V> {

	private final BrokerState broker;

	private final ProducerOptions options;

	private final Serializer<K> keySerializer;

	private final Serializer<V> valueSerializer;

	private final RecordPartitioner partitioner;

	private final ProducerInterceptors<K, V> interceptors;

	private final SendQueue queue;

	private final LogAppender log;

	private final @Nullable ProducerTransactions transactions;

	InMemoryProducer(BrokerState broker, ProducerOptions options, Serializer<K> keySerializer,
			Serializer<V> valueSerializer) {
		this.broker = broker;
		this.options = options;
		this.keySerializer = keySerializer;
		this.valueSerializer = valueSerializer;
		this.partitioner = new RecordPartitioner(options);
		this.interceptors = options.interceptors();
		this.queue = new SendQueue(options.clientId(), broker.lock());
		this.log = new LogAppender(broker);
		this.transactions = options.transactionalId().map((id) -> new ProducerTransactions(broker, id)).orElse(null);
		broker.lock().run(() -> broker.producers().add(this.queue));
	}

	@Override
	public void initTransactions() {
		transactions().initialize();
	}

	@Override
	public void beginTransaction() {
		transactions().begin();
	}

	@Override
	public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets,
			ConsumerGroupMetadata groupMetadata) {
		if (groupMetadata.generationId() > 0 && groupMetadata.memberId().isEmpty()) {
			throw new IllegalArgumentException(
					"Passed in group metadata " + groupMetadata + " has generationId > 0 but the member.id is unknown");
		}
		if (!offsets.isEmpty()) {
			transactions().addOffsets(offsets, groupMetadata);
		}
	}

	@Override
	public void commitTransaction() {
		transactions().commit(this.queue::flush);
	}

	@Override
	public void abortTransaction() {
		transactions().abort(this.queue::flush);
	}

	@Override
	public Future<RecordMetadata> send(ProducerRecord<K, V> record) {
		return send(record, (metadata, failure) -> {
		});
	}

	@Override
	public Future<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
		ProducerRecord<K, V> sent = this.interceptors.onSend(record);
		Callback completed = (callback != null) ? callback : (metadata, failure) -> {
		};
		try {
			return enqueue(sent, (metadata, failure) -> {
				this.interceptors.onAcknowledgement(metadata, failure, sent.headers());
				completed.onCompletion(metadata, failure);
			});
		}
		catch (RuntimeException ex) {
			TopicPartition partition = ProducerInterceptors.extractTopicPartition(sent);
			this.interceptors.onSendError(sent, partition, ex);
			if (!(ex instanceof ApiException)) {
				throw ex;
			}
			completed.onCompletion(nowhere(partition), ex);
			failTransaction(ex);
			return CompletableFuture.failedFuture(ex);
		}
	}

	@Override
	public void flush() {
		this.queue.flush();
	}

	@Override
	public List<PartitionInfo> partitionsFor(String topic) {
		return cluster(topic).partitionsForTopic(topic);
	}

	@Override
	public Map<MetricName, ? extends Metric> metrics() {
		return Map.of();
	}

	@Override
	public Uuid clientInstanceId(Duration timeout) {
		throw new IllegalStateException("Telemetry is not enabled. Set config `enable.metrics.push` to `true`.");
	}

	@Override
	public void registerMetricForSubscription(KafkaMetric metric) {
	}

	@Override
	public void unregisterMetricFromSubscription(KafkaMetric metric) {
	}

	@Override
	public void close() {
		close(Duration.ofSeconds(Long.MAX_VALUE));
	}

	@Override
	public void close(Duration timeout) {
		this.queue.close(Deadline.in(timeout));
		this.broker.lock().run(() -> this.broker.producers().remove(this.queue));
		this.broker.lock().changed();
		this.keySerializer.close();
		this.valueSerializer.close();
		this.partitioner.close();
		this.interceptors.close();
	}

	private Future<RecordMetadata> enqueue(ProducerRecord<K, V> record, Callback callback) {
		this.queue.requireOpen();
		Cluster cluster = cluster(record.topic());
		byte @Nullable [] key = serialize(this.keySerializer, record, record.key());
		byte @Nullable [] value = serialize(this.valueSerializer, record, record.value());
		if (record.headers() instanceof RecordHeaders headers) {
			headers.setReadOnly();
		}
		int size = AbstractRecords.estimateSizeInBytesUpperBound(RecordBatch.CURRENT_MAGIC_VALUE,
				this.options.compression(), key, value, record.headers().toArray());
		if (size > this.options.maxRequestSize()) {
			throw new RecordTooLargeException(
					"The message is %d bytes when serialized which is larger than %d, which is the value of the max.request.size configuration."
						.formatted(size, this.options.maxRequestSize()));
		}
		TopicPartition partition = new TopicPartition(record.topic(),
				this.partitioner.partition(record, key, value, size, cluster));
		requirePartition(partition, cluster);
		Optional<TransactionCoordinator.ProducerIdentity> producer = Optional.ofNullable(this.transactions)
			.map(ProducerTransactions::beforeSend);
		long timestamp = (record.timestamp() != null) ? record.timestamp() : this.broker.clock().millis();
		RecordData data = RecordData.copyOf(timestamp, key, value, record.headers());
		CompletableFuture<RecordMetadata> future = new CompletableFuture<>();
		this.queue.add(() -> {
			try {
				this.broker.faults().beforeSend(record.topic(), this.queue::isAborted);
				if (this.queue.isAborted()) {
					throw new KafkaException("Producer is closed forcefully.");
				}
				complete(callback, future, this.log.append(partition, data, size, producer));
			}
			catch (RuntimeException ex) {
				failTransaction(ex);
				call(callback, nowhere(partition), ex);
				future.completeExceptionally(ex);
			}
		});
		return future;
	}

	private Cluster cluster(String topic) {
		return this.broker.lock().call(() -> {
			if (this.broker.topics().find(topic, true) == null) {
				// The real one waits for somebody to create it.
				throw new TimeoutException("Topic %s not present in metadata after %d ms.".formatted(topic,
						this.options.maxBlock().toMillis()));
			}
			return this.broker.topics().describe();
		});
	}

	private void requirePartition(TopicPartition partition, Cluster cluster) {
		int partitions = cluster.partitionCountForTopic(partition.topic());
		if (partition.partition() >= partitions) {
			throw new TimeoutException(
					"Partition %d of topic %s with partition count %d is not present in metadata after %d ms."
						.formatted(partition.partition(), partition.topic(), partitions,
								this.options.maxBlock().toMillis()));
		}
	}

	private void failTransaction(RuntimeException cause) {
		if (this.transactions != null) {
			this.transactions.failed(cause);
		}
	}

	private ProducerTransactions transactions() {
		if (this.transactions == null) {
			throw new IllegalStateException("Transactional method invoked on a non-transactional producer.");
		}
		this.queue.requireOpen();
		return this.transactions;
	}

	private static <T> byte @Nullable [] serialize(Serializer<T> serializer, ProducerRecord<?, ?> record,
			@Nullable T object) {
		try {
			return serializer.serialize(record.topic(), record.headers(), object);
		}
		catch (ClassCastException ex) {
			throw new SerializationException("Can't convert %s with %s".formatted(object, serializer.getClass()), ex);
		}
	}

	private static void complete(Callback callback, CompletableFuture<RecordMetadata> future, RecordMetadata metadata) {
		call(callback, metadata, null);
		future.complete(metadata);
	}

	// As in the real one, a callback that fails harms nobody.
	private static void call(Callback callback, RecordMetadata metadata, @Nullable Exception failure) {
		try {
			callback.onCompletion(metadata, failure);
		}
		catch (RuntimeException ex) {
			Thread current = Thread.currentThread();
			System.getLogger(InMemoryProducer.class.getName())
				.log(System.Logger.Level.ERROR, "Error executing user-provided callback on " + current.getName(), ex);
		}
	}

	private static RecordMetadata nowhere(TopicPartition partition) {
		return new RecordMetadata(partition, -1, -1, RecordBatch.NO_TIMESTAMP, -1, -1);
	}

}
