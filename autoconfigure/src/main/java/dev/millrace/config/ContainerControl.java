package dev.millrace.config;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.SubscriberControl;
import dev.millrace.UnfinishedRecord;
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
	public void concurrency(int concurrency) {
		this.runtime.concurrency(concurrency);
	}

	@Override
	public void maxRate(@Nullable Double maxRate) {
		this.runtime.maxRate(maxRate);
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
