package dev.millrace.request;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;

/**
 * Reads all partitions of the topic of answers, from where they end when it starts. Not
 * in a group: who answers does not know which partition is read by whom.
 */
final class ReplyReader implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(ReplyReader.class);

	private static final Duration POLL = Duration.ofSeconds(1);

	private static final long PAUSE = 1000;

	private final CompletableFuture<Void> ready = new CompletableFuture<>();

	private final CountDownLatch closed = new CountDownLatch(1);

	private final Map<TopicPartition, Long> positions = new HashMap<>();

	private final String topic;

	private final Supplier<Consumer<byte[], byte[]>> consumers;

	private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> replies;

	private volatile @Nullable Consumer<?, ?> consumer;

	/**
	 * Create a reader.
	 * @param topic the topic, which exists
	 * @param consumers makes its consumer, anew when one has failed
	 * @param replies takes what is read, on the reader's thread; must not throw
	 */
	ReplyReader(String topic, Supplier<Consumer<byte[], byte[]>> consumers,
			java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> replies) {
		this.topic = topic;
		this.consumers = consumers;
		this.replies = replies;
	}

	/**
	 * Start a thread that reads.
	 * @return completes when no answer can be missed any more, or fails; then nothing is
	 * read
	 */
	CompletableFuture<Void> start() {
		Thread thread = new Thread(this::run, "millrace-replies");
		thread.setDaemon(true);
		thread.start();
		return this.ready;
	}

	@Override
	public void close() {
		this.closed.countDown();
		Consumer<?, ?> consumer = this.consumer;
		if (consumer != null) {
			consumer.wakeup();
		}
	}

	private void run() {
		while (this.closed.getCount() > 0) {
			try (Consumer<byte[], byte[]> consumer = this.consumers.get()) {
				this.consumer = consumer;
				read(consumer);
			}
			catch (WakeupException ex) {
				logger.debug("The reader of answers was woken to stop");
			}
			catch (RuntimeException ex) {
				if (this.ready.completeExceptionally(ex)) {
					return;
				}
				logger.warn(
						"The answers in %s can't be read; the next attempt is in %d ms".formatted(this.topic, PAUSE),
						ex);
				pause();
			}
		}
	}

	private void read(Consumer<byte[], byte[]> consumer) {
		assign(consumer);
		this.ready.complete(null);
		while (this.closed.getCount() > 0) {
			consumer.poll(POLL).forEach((record) -> {
				this.positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
				this.replies.accept(record);
			});
			assign(consumer);
		}
	}

	// Partitions may be added to the topic while it is read.
	private void assign(Consumer<?, ?> consumer) {
		List<TopicPartition> partitions = consumer.partitionsFor(this.topic)
			.stream()
			.map((partition) -> new TopicPartition(partition.topic(), partition.partition()))
			.toList();
		if (partitions.size() == consumer.assignment().size()) {
			return;
		}
		consumer.assign(partitions);
		for (TopicPartition partition : partitions) {
			Long position = this.positions.get(partition);
			if (position != null) {
				consumer.seek(partition, position);
			}
			else if (this.ready.isDone()) {
				consumer.seekToBeginning(List.of(partition));
			}
			else {
				consumer.seekToEnd(List.of(partition));
			}
			this.positions.put(partition, consumer.position(partition));
		}
	}

	private void pause() {
		try {
			this.closed.await(PAUSE, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new InterruptException(ex);
		}
	}

}
