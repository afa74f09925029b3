package dev.millrace.config;

import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.util.Assert;

import dev.millrace.SubscriberControl;
import dev.millrace.UnfinishedRecord;
import dev.millrace.listener.EngineListener;
import dev.millrace.listener.Seek;
import dev.millrace.listener.SubscriberRuntime;

/**
 * Subscriber and its container.
 */
final class ContainerControl implements SubscriberControl {

	private final SubscriberRuntime runtime;

	private final MessageListenerContainer container;

	ContainerControl(SubscriberRuntime runtime, MessageListenerContainer container) {
		this.runtime = runtime;
		this.container = container;
	}

	@Override
	public String id() {
		return this.runtime.id();
	}

	@Override
	public void start() {
		this.container.start();
	}

	@Override
	public CompletionStage<Void> stop() {
		CompletableFuture<Void> stopped = new CompletableFuture<>();
		this.container.stop(() -> stopped.complete(null));
		return stopped;
	}

	@Override
	public boolean isRunning() {
		return this.container.isRunning();
	}

	@Override
	public void pause() {
		this.container.pause();
	}

	@Override
	public void resume() {
		this.container.resume();
	}

	@Override
	public boolean isPaused() {
		return this.container.isPauseRequested();
	}

	@Override
	public CompletionStage<Void> seek(String topic, int partition, long offset) {
		Assert.isTrue(offset >= 0, "The offset must be at least 0");
		TopicPartition wanted = new TopicPartition(topic, partition);
		if (!assigned().contains(wanted)) {
			return CompletableFuture.failedFuture(new IllegalStateException(
					"Subscriber '%s' does not have the partition %s here".formatted(id(), wanted)));
		}
		return seek(List.of(wanted), (consumer, partitions) -> Map.of(wanted, existing(consumer, wanted, offset)));
	}

	// What the log does not have is for auto.offset.reset to decide, which may skip all
	// of it or begin it anew. Only what it has no more has been asked for with good
	// reason.
	private static long existing(Consumer<?, ?> consumer, TopicPartition partition, long offset) {
		long begin = consumer.beginningOffsets(List.of(partition)).getOrDefault(partition, 0L);
		long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
		Assert.isTrue(offset <= end,
				() -> "The partition %s has no offset %d to read: it has those from %d to %d, its end or an open transaction"
					.formatted(partition, offset, begin, end));
		return Math.max(begin, offset);
	}

	@Override
	public CompletionStage<Void> seekToBeginning() {
		return seek(assigned(), Consumer::beginningOffsets);
	}

	@Override
	public CompletionStage<Void> seekToEnd() {
		return seek(assigned(), Consumer::endOffsets);
	}

	@Override
	public CompletionStage<Void> seekTo(Instant time) {
		return seek(assigned(), (consumer, partitions) -> {
			Map<TopicPartition, Long> times = new HashMap<>();
			partitions.forEach((partition) -> times.put(partition, time.toEpochMilli()));
			Map<TopicPartition, Long> offsets = new HashMap<>(consumer.endOffsets(partitions));
			consumer.offsetsForTimes(times).forEach((partition, found) -> {
				if (found != null) {
					offsets.put(partition, found.offset());
				}
			});
			return offsets;
		});
	}

	private CompletionStage<Void> seek(Collection<TopicPartition> partitions, Seek.Target target) {
		Seek seek = new Seek(partitions, target);
		if (this.container.getContainerProperties().getMessageListener() instanceof EngineListener listener) {
			listener.seek(seek);
		}
		return seek.done();
	}

	private Collection<TopicPartition> assigned() {
		return Objects.requireNonNullElse(this.container.getAssignedPartitions(), List.of());
	}

	@Override
	public void concurrency(int concurrency) {
		this.runtime.concurrency(concurrency);
	}

	@Override
	public int concurrency() {
		return this.runtime.concurrency();
	}

	@Override
	public void maxRate(@Nullable Double maxRate) {
		this.runtime.maxRate(maxRate);
	}

	@Override
	public @Nullable Double maxRate() {
		return this.runtime.maxRate();
	}

	@Override
	public void window(int high, int low) {
		this.runtime.window(high, low);
	}

	@Override
	public Optional<UnfinishedRecord> oldestUnfinished() {
		return this.runtime.oldestUnfinished();
	}

}
