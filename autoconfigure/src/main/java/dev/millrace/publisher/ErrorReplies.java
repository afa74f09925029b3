package dev.millrace.publisher;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Tells whoever waits for the answer of a subscriber that its record has failed for good.
 */
public final class ErrorReplies {

	private static final CompletionStage<?> FOUND = CompletableFuture.completedStage(null);

	private final @Nullable ReplyPublisher publisher;

	private final RecordSender sender;

	private final Executor threads;

	/**
	 * Create the error replies of a subscriber.
	 * @param publisher makes them, or {@code null} when the subscriber never answers
	 * @param sender sends them
	 * @param threads threads that may wait for the sender
	 */
	public ErrorReplies(@Nullable ReplyPublisher publisher, RecordSender sender, Executor threads) {
		this.publisher = publisher;
		this.sender = sender;
		this.threads = threads;
	}

	/**
	 * Tell somebody, if there is somebody who wants to be told.
	 * @param incoming the record
	 * @param failure what it has failed with
	 * @param confirmed called when the broker has confirmed that, or at once when there
	 * is nobody
	 */
	public void send(ConsumerRecord<byte[], byte[]> incoming, Throwable failure, Confirmation confirmed) {
		ReplyPublisher publisher = this.publisher;
		List<ProducerRecord<byte[], byte[]>> reply;
		try {
			reply = (publisher != null) ? publisher.prepareError(incoming, failure) : List.of();
		}
		catch (Exception ex) {
			// An interceptor refuses it, perhaps the one that has refused the result.
			confirmed.completed(List.of(), ex);
			return;
		}
		if (publisher == null || reply.isEmpty()) {
			confirmed.completed(List.of(), null);
			return;
		}
		CompletionStage<?> lookUp = publisher.lookUp(incoming);
		// Never on this thread: it may be the producer's own, with the confirmation of a
		// dead letter, which would wait for itself.
		((lookUp != null) ? lookUp : FOUND).whenCompleteAsync((found, problem) -> {
			if (problem != null) {
				PendingSends.abandon(reply, problem);
				confirmed.completed(reply, problem);
			}
			else {
				this.sender.send(reply, confirmed);
			}
		}, this.threads);
	}

}
