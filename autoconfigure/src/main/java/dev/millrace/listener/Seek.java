package dev.millrace.listener;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Order to go on elsewhere in partitions. The consumers that have them carry it out, each
 * on its own thread, between two polls.
 */
public final class Seek {

	private static final Log logger = LogFactory.getLog(Seek.class);

	private final CompletableFuture<Void> done = new CompletableFuture<>();

	private final Set<TopicPartition> open = ConcurrentHashMap.newKeySet();

	private final Target target;

	/**
	 * Create an order.
	 * @param partitions the partitions
	 * @param target where to go on
	 */
	public Seek(Collection<TopicPartition> partitions, Target target) {
		this.open.addAll(partitions);
		this.target = target;
		completeIfDone();
	}

	/**
	 * Return how it ends.
	 * @return completes when all partitions have been sought and their new offsets are
	 * committed; fails with the first that could not be
	 */
	public CompletionStage<Void> done() {
		return this.done.copy();
	}

	boolean isDone() {
		return this.open.isEmpty();
	}

	/**
	 * Seek what a consumer has.
	 * @param consumer the consumer
	 * @param release gives up what is in flight of partitions
	 */
	void run(Consumer<?, ?> consumer, java.util.function.Consumer<Collection<TopicPartition>> release) {
		List<TopicPartition> partitions = new ArrayList<>(consumer.assignment());
		partitions.retainAll(this.open);
		if (partitions.isEmpty()) {
			return;
		}
		try {
			// First: what is in flight must not be given up when it is not known where to
			// go on.
			Map<TopicPartition, OffsetAndMetadata> offsets = evenIfWoken(() -> offsets(consumer, partitions));
			try {
				release.accept(offsets.keySet());
			}
			finally {
				offsets.forEach(consumer::seek);
			}
			// Now, so that it holds after a crash too.
			evenIfWoken(() -> {
				consumer.commitSync(offsets);
				return offsets;
			});
		}
		catch (RuntimeException ex) {
			this.done.completeExceptionally(ex);
		}
		this.open.removeAll(partitions);
		completeIfDone();
	}

	private Map<TopicPartition, OffsetAndMetadata> offsets(Consumer<?, ?> consumer,
			Collection<TopicPartition> partitions) {
		Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
		this.target.offsets(consumer, partitions)
			.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
		return offsets;
	}

	private static <T> T evenIfWoken(Supplier<T> request) {
		while (true) {
			try {
				return request.get();
			}
			catch (WakeupException ex) {
				logger.trace("Woken while seeking: it was meant for the poll, which comes next", ex);
			}
		}
	}

	void givenUp(Collection<TopicPartition> partitions) {
		for (TopicPartition partition : partitions) {
			if (this.open.remove(partition)) {
				this.done.completeExceptionally(
						new IllegalStateException("The partition " + partition + " was given up before the seek"));
			}
		}
	}

	private void completeIfDone() {
		if (this.open.isEmpty()) {
			this.done.complete(null);
		}
	}

	/**
	 * Where to go on.
	 */
	@FunctionalInterface
	public interface Target {

		/**
		 * Find the offsets, on the consumer's thread.
		 * @param consumer the consumer
		 * @param partitions partitions of that consumer
		 * @return the offset of each
		 */
		Map<TopicPartition, Long> offsets(Consumer<?, ?> consumer, Collection<TopicPartition> partitions);

	}

}
