package dev.millrace.test.fault;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.record.RecordBatch;
import org.jspecify.annotations.Nullable;

import dev.millrace.test.engine.VirtualTime;

/**
 * A producer of which sends may fail or be confirmed late, and which may be cut off: what
 * it sends then goes nowhere, and when it is closed its transaction is left open, as
 * after a crash.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
final class FaultyProducer<K, V> extends ClientProxy<Producer<K, V>> {

	private final ClientFaults faults;

	private final VirtualTime time;

	private volatile @Nullable RuntimeException failure;

	FaultyProducer(Producer<K, V> producer, ClientFaults faults, VirtualTime time) {
		super(producer);
		this.faults = faults;
		this.time = time;
	}

	@Override
	@Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
		return switch (method.getName()) {
			case "send" -> send(arguments);
			case "initTransactions", "beginTransaction" -> connected(method, arguments);
			case "sendOffsetsToTransaction" -> addOffsets(method, arguments);
			case "commitTransaction" -> commit(method, arguments);
			case "abortTransaction" -> abort(method, arguments);
			case "close" -> close(method, arguments);
			default -> proceed(method, arguments);
		};
	}

	@SuppressWarnings("unchecked")
	private Future<RecordMetadata> send(@Nullable Object[] arguments) {
		ProducerRecord<K, V> record = (ProducerRecord<K, V>) Objects.requireNonNull(arguments[0]);
		Callback callback = (arguments.length > 1 && arguments[1] instanceof Callback given) ? given
				: (metadata, problem) -> {
				};
		RuntimeException problem = this.faults.isCut() ? DisconnectException.INSTANCE
				: this.faults.nextSend(record.topic());
		if (problem != null) {
			this.failure = problem;
			callback.onCompletion(nowhere(record), problem);
			return CompletableFuture.failedFuture(problem);
		}
		CompletableFuture<RecordMetadata> future = new CompletableFuture<>();
		Duration delay = this.faults.delay(record.topic());
		this.faults.sent();
		boolean sent = false;
		try {
			client().send(record, (metadata, refusal) -> {
				this.faults.written();
				if (delay.isZero()) {
					complete(callback, future, metadata, refusal);
				}
				else {
					this.time.schedule(delay.toNanos(), () -> complete(callback, future, metadata, refusal));
				}
			});
			sent = true;
		}
		finally {
			if (!sent) {
				this.faults.written();
				this.faults.confirmed();
			}
		}
		return future;
	}

	private void complete(Callback callback, CompletableFuture<RecordMetadata> future, RecordMetadata metadata,
			@Nullable Exception refusal) {
		try {
			callback.onCompletion(metadata, refusal);
		}
		finally {
			this.faults.confirmed();
		}
		if (refusal != null) {
			future.completeExceptionally(refusal);
		}
		else {
			future.complete(metadata);
		}
	}

	private @Nullable Object addOffsets(Method method, @Nullable Object[] arguments) throws Throwable {
		for (Object argument : arguments) {
			RuntimeException problem = (argument instanceof ConsumerGroupMetadata group)
					? this.faults.nextCommit(group.groupId()) : null;
			if (problem != null) {
				this.failure = problem;
				throw problem;
			}
		}
		return connected(method, arguments);
	}

	private @Nullable Object commit(Method method, @Nullable Object[] arguments) throws Throwable {
		if (this.failure != null) {
			throw new KafkaException("The transaction must be aborted, because one of its records was not sent",
					this.failure);
		}
		return connected(method, arguments);
	}

	private @Nullable Object abort(Method method, @Nullable Object[] arguments) throws Throwable {
		this.failure = null;
		return this.faults.isCut() ? null : proceed(method, arguments);
	}

	private @Nullable Object close(Method method, @Nullable Object[] arguments) throws Throwable {
		if (this.faults.isCut()) {
			client().close(Duration.ZERO);
			return null;
		}
		return proceed(method, arguments);
	}

	private @Nullable Object connected(Method method, @Nullable Object[] arguments) throws Throwable {
		if (this.faults.isCut()) {
			throw new KafkaException("The application has crashed");
		}
		return proceed(method, arguments);
	}

	private static RecordMetadata nowhere(ProducerRecord<?, ?> record) {
		int partition = Objects.requireNonNullElse(record.partition(), -1);
		return new RecordMetadata(new TopicPartition(record.topic(), partition), -1, -1, RecordBatch.NO_TIMESTAMP, -1,
				-1);
	}

}
