package dev.millrace.request;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;

import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Way on which answers come. Opened when it is needed for the first time, and again when
 * that has failed. Safe for use by several threads.
 */
final class ReplyChannel implements AutoCloseable {

	private final Function<String, CompletionStage<?>> creation;

	private final Supplier<Consumer<byte[], byte[]>> consumers;

	private final java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> replies;

	private @Nullable CompletableFuture<?> opening;

	private @Nullable ReplyReader reader;

	private boolean closed;

	/**
	 * Create a channel.
	 * @param creation makes sure that a topic exists
	 * @param consumers makes consumers
	 * @param replies takes what is read
	 */
	ReplyChannel(Function<String, CompletionStage<?>> creation, Supplier<Consumer<byte[], byte[]>> consumers,
			java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> replies) {
		this.creation = creation;
		this.consumers = consumers;
		this.replies = replies;
	}

	/**
	 * Open the channel unless it is open.
	 * @param topic the topic of the answers
	 * @return {@code null} when it is open; else a stage that completes when it is, or
	 * fails
	 */
	synchronized @Nullable CompletionStage<?> open(String topic) {
		CompletableFuture<?> opening = this.opening;
		if (opening == null || opening.isCompletedExceptionally()) {
			opening = this.creation.apply(topic).thenCompose((created) -> read(topic)).toCompletableFuture();
			this.opening = opening;
		}
		return (opening.isDone() && !opening.isCompletedExceptionally()) ? null : opening;
	}

	@Override
	public synchronized void close() {
		this.closed = true;
		if (this.reader != null) {
			this.reader.close();
		}
	}

	private synchronized CompletionStage<?> read(String topic) {
		if (this.closed) {
			return CompletableFuture.failedStage(new IllegalStateException("The application has stopped"));
		}
		this.reader = new ReplyReader(topic, this.consumers, this.replies);
		return this.reader.start();
	}

}
