package dev.millrace.publisher;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

import dev.millrace.ReplyTopicException;

/**
 * Knows which of the topics exist that answers and requests go to. Those that do not must
 * be found out before something is sent: a producer would wait for them, and nobody knows
 * who has named them. Never blocks; safe for use by several threads.
 */
public final class ReplyTopics {

	private static final long FRESH = Duration.ofSeconds(10).toNanos();

	private final ConcurrentMap<String, Lookup> lookups = new ConcurrentHashMap<>();

	private final Function<String, CompletionStage<Integer>> directory;

	/**
	 * Create what knows nothing yet.
	 * @param directory tells how many partitions a topic has, or fails
	 */
	public ReplyTopics(Function<String, CompletionStage<Integer>> directory) {
		this.directory = directory;
	}

	/**
	 * Find out whether answers can be put somewhere.
	 * @param address where
	 * @return {@code null} when they can, as far as is known; else a stage that completes
	 * when they can, or fails with a {@link ReplyTopicException} when they can't, or with
	 * what has kept the broker from telling
	 */
	@Nullable CompletionStage<?> lookUp(ReplyAddress address) {
		long now = System.nanoTime();
		Lookup lookup = find(address.topic(), now);
		if (lookup.isKnown()) {
			if (isIn(address, lookup.partitions().join())) {
				return null;
			}
			if (mayBeAdded(address)) {
				this.lookups.remove(address.topic(), lookup);
				lookup = find(address.topic(), now);
			}
		}
		return lookup.partitions().thenAccept((count) -> check(address, count));
	}

	/**
	 * Find out whether a topic exists.
	 * @param topic the topic
	 * @return as for an answer that may go into any partition
	 */
	public @Nullable CompletionStage<?> lookUp(String topic) {
		return lookUp(new ReplyAddress(topic, null));
	}

	private Lookup find(String topic, long now) {
		Lookup present = this.lookups.get(topic);
		if (present != null && now - present.nanos() < FRESH) {
			return present;
		}
		this.lookups.values().removeIf((lookup) -> now - lookup.nanos() >= FRESH);
		Lookup added = new Lookup(new CompletableFuture<>(), now);
		Lookup other = this.lookups.putIfAbsent(topic, added);
		if (other != null) {
			return other;
		}
		this.directory.apply(topic).whenComplete((count, failure) -> {
			if (failure != null) {
				this.lookups.remove(topic, added);
				added.partitions().completeExceptionally(failure(topic, failure));
			}
			else {
				added.partitions().complete(count);
			}
		});
		return added;
	}

	private static boolean isIn(ReplyAddress address, int partitions) {
		Integer partition = address.partition();
		return partition == null || (partition >= 0 && partition < partitions);
	}

	// The topic may have got more partitions since.
	private static boolean mayBeAdded(ReplyAddress address) {
		Integer partition = address.partition();
		return partition != null && partition >= 0;
	}

	private static void check(ReplyAddress address, int partitions) {
		if (!isIn(address, partitions)) {
			throw new ReplyTopicException(
					"Can't answer in a partition that the topic '%s' does not have".formatted(address.topic()), null);
		}
	}

	private static Throwable failure(String topic, Throwable failure) {
		Throwable cause = (failure instanceof CompletionException && failure.getCause() != null) ? failure.getCause()
				: failure;
		boolean forGood = cause instanceof UnknownTopicOrPartitionException
				|| (cause instanceof ApiException && !(cause instanceof RetriableException));
		return forGood ? new ReplyTopicException("Can't answer in the topic '%s'".formatted(topic), cause) : cause;
	}

	/**
	 * What the broker was asked for.
	 *
	 * @param partitions the number of partitions
	 * @param nanos when it was asked
	 */
	private record Lookup(CompletableFuture<Integer> partitions, long nanos) {

		boolean isKnown() {
			return this.partitions.isDone() && !this.partitions.isCompletedExceptionally();
		}

	}

}
