package dev.millrace.test.fault;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;

import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.RetriableCommitFailedException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

import dev.millrace.test.engine.ConsumerPositions;

/**
 * A consumer of which commits may fail, and which may be cut off: it then gets and
 * commits nothing, and when it is closed it does not leave its group, as after a crash.
 * Tells how far it has come.
 *
 * @param <K> type of keys
 * @param <V> type of bodies
 */
final class FaultyConsumer<K, V> extends ClientProxy<Consumer<K, V>> {

	private static final long PAUSE_NANOS = 1_000_000;

	private final ClientFaults faults;

	private final ConsumerPositions positions;

	private final Queue<Runnable> callbacks = new ArrayDeque<>();

	FaultyConsumer(Consumer<K, V> consumer, ClientFaults faults, ConsumerPositions positions) {
		super(consumer);
		this.faults = faults;
		this.positions = positions;
	}

	@Override
	@Nullable Object call(Method method, @Nullable Object[] arguments) throws Throwable {
		return switch (method.getName()) {
			case "poll" -> poll(method, arguments);
			case "commitAsync" -> commitLater(method, arguments);
			case "commitSync" -> commit(method, arguments);
			case "subscribe" -> subscribe(method, arguments);
			case "unsubscribe" -> this.faults.isCut() ? null : proceed(method, arguments);
			case "close" -> close(method, arguments);
			default -> proceed(method, arguments);
		};
	}

	private @Nullable Object poll(Method method, @Nullable Object[] arguments) throws Throwable {
		if (this.faults.isCut()) {
			LockSupport.parkNanos(PAUSE_NANOS);
			return ConsumerRecords.empty();
		}
		for (Runnable callback = this.callbacks.poll(); callback != null; callback = this.callbacks.poll()) {
			callback.run();
		}
		this.positions.polling(client());
		Object polled = proceed(method, arguments);
		if (this.faults.isCut()) {
			return ConsumerRecords.empty();
		}
		if (polled instanceof ConsumerRecords<?, ?> records && !records.isEmpty()) {
			this.positions.polled(client());
		}
		return polled;
	}

	@SuppressWarnings("unchecked")
	private @Nullable Object commitLater(Method method, @Nullable Object[] arguments) throws Throwable {
		if (this.faults.areCommitsHeld()) {
			return null;
		}
		RuntimeException failure = this.faults.nextCommit(groupId());
		if (failure == null) {
			return proceed(method, arguments);
		}
		Map<TopicPartition, OffsetAndMetadata> offsets = (arguments.length > 0 && arguments[0] instanceof Map)
				? (Map<TopicPartition, OffsetAndMetadata>) arguments[0] : Map.of();
		if (arguments.length > 0 && arguments[arguments.length - 1] instanceof OffsetCommitCallback callback) {
			this.callbacks.add(() -> callback.onComplete(offsets, new RetriableCommitFailedException(failure)));
		}
		return null;
	}

	private @Nullable Object commit(Method method, @Nullable Object[] arguments) throws Throwable {
		if (this.faults.isCut()) {
			throw new CommitFailedException("The application has crashed");
		}
		RuntimeException failure = this.faults.nextCommit(groupId());
		if (failure != null) {
			throw failure;
		}
		return proceed(method, arguments);
	}

	private @Nullable Object subscribe(Method method, @Nullable Object[] arguments) throws Throwable {
		@Nullable Object[] own = arguments.clone();
		for (int i = 0; i < own.length; i++) {
			if (own[i] instanceof ConsumerRebalanceListener listener) {
				own[i] = new Listener(listener);
			}
		}
		return proceed(method, own);
	}

	private @Nullable Object close(Method method, @Nullable Object[] arguments) throws Throwable {
		this.positions.closed(client());
		if (this.faults.isCut()) {
			client().close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP)
				.withTimeout(Duration.ZERO));
			return null;
		}
		return proceed(method, arguments);
	}

	private String groupId() {
		return client().groupMetadata().groupId();
	}

	/**
	 * A listener to which partitions are lost when its consumer is cut off: there is
	 * nothing that it could still do for them.
	 */
	private final class Listener implements ConsumerRebalanceListener {

		private final ConsumerRebalanceListener listener;

		Listener(ConsumerRebalanceListener listener) {
			this.listener = listener;
		}

		@Override
		public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
			this.listener.onPartitionsAssigned(partitions);
		}

		@Override
		public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
			if (FaultyConsumer.this.faults.isCut()) {
				this.listener.onPartitionsLost(partitions);
			}
			else {
				this.listener.onPartitionsRevoked(partitions);
			}
		}

		@Override
		public void onPartitionsLost(Collection<TopicPartition> partitions) {
			this.listener.onPartitionsLost(partitions);
		}

	}

}
