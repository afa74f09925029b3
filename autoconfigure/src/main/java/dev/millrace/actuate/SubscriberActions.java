package dev.millrace.actuate;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.jspecify.annotations.Nullable;
import org.springframework.util.Assert;

import dev.millrace.StreamSubscribers;
import dev.millrace.SubscriberControl;

/**
 * Changes subscribers for people, who want to know when it is done. Safe for use by
 * several threads.
 */
public final class SubscriberActions {

	private final StreamSubscribers subscribers;

	private final Duration timeout;

	/**
	 * Create the actions.
	 * @param subscribers the subscribers
	 * @param timeout how long to wait for the end of a change
	 */
	public SubscriberActions(StreamSubscribers subscribers, Duration timeout) {
		this.subscribers = subscribers;
		this.timeout = timeout;
	}

	/**
	 * Change how much a subscriber does at once. What is left out stays as it is.
	 * @param id the id
	 * @param concurrency how many records run at once, from 1
	 * @param maxRate how many records are begun in a second; 0 for no limit
	 * @throws IllegalArgumentException when that can't be, and nothing has changed
	 */
	public void change(String id, @Nullable Integer concurrency, @Nullable Double maxRate) {
		SubscriberControl subscriber = this.subscribers.get(id);
		Assert.isTrue(concurrency == null || concurrency >= 1, "The concurrency must be at least 1");
		Assert.isTrue(maxRate == null || maxRate >= 0, "The rate must be greater than 0, or 0 for no limit");
		if (concurrency != null) {
			subscriber.concurrency(concurrency);
		}
		if (maxRate != null) {
			subscriber.maxRate((maxRate != 0) ? maxRate : null);
		}
	}

	/**
	 * Have a subscriber do something, and wait until it is done.
	 * @param id the id
	 * @param action what it is to do
	 * @param target where it is to go on, with {@code SEEK}
	 * @throws IllegalArgumentException when that can't be
	 * @throws IllegalStateException when it takes too long
	 */
	public void act(String id, SubscriberAction action, SeekTarget target) {
		SubscriberControl subscriber = this.subscribers.get(id);
		switch (action) {
			case START -> subscriber.start();
			case STOP -> await(subscriber.stop());
			case PAUSE -> subscriber.pause();
			case RESUME -> subscriber.resume();
			case SEEK_TO_BEGINNING -> await(subscriber.seekToBeginning());
			case SEEK_TO_END -> await(subscriber.seekToEnd());
			case SEEK -> await(target.seek(subscriber));
		}
	}

	private void await(CompletionStage<Void> change) {
		try {
			change.toCompletableFuture().get(this.timeout.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (ExecutionException ex) {
			Throwable cause = (ex.getCause() != null) ? ex.getCause() : ex;
			throw new IllegalArgumentException(String.valueOf(cause.getMessage()), cause);
		}
		catch (TimeoutException ex) {
			throw new IllegalStateException("It is still not done after " + this.timeout, ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
