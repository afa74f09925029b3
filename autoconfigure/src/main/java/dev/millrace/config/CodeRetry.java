package dev.millrace.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.RetryMode;
import dev.millrace.RetrySpec;

/**
 * Retries that are declared in code.
 */
final class CodeRetry implements RetrySpec {

	private final List<Class<? extends Throwable>> on = new ArrayList<>();

	private final List<Class<? extends Throwable>> fatal = new ArrayList<>();

	private @Nullable Integer attempts;

	private @Nullable Duration maxTime;

	private @Nullable Duration delay;

	private @Nullable Double multiplier;

	private @Nullable Duration maxDelay;

	private @Nullable Double jitter;

	private @Nullable RetryMode mode;

	private @Nullable String topic;

	private @Nullable Boolean keepOrder;

	@Override
	public RetrySpec attempts(int attempts) {
		this.attempts = attempts;
		return this;
	}

	@Override
	public RetrySpec maxTime(Duration maxTime) {
		this.maxTime = maxTime;
		return this;
	}

	@Override
	public RetrySpec delay(Duration delay) {
		this.delay = delay;
		return this;
	}

	@Override
	public RetrySpec multiplier(double multiplier) {
		this.multiplier = multiplier;
		return this;
	}

	@Override
	public RetrySpec maxDelay(Duration maxDelay) {
		this.maxDelay = maxDelay;
		return this;
	}

	@Override
	public RetrySpec jitter(double jitter) {
		this.jitter = jitter;
		return this;
	}

	@Override
	public RetrySpec on(Class<? extends Throwable> type) {
		this.on.add(type);
		return this;
	}

	@Override
	public RetrySpec fatal(Class<? extends Throwable> type) {
		this.fatal.add(type);
		return this;
	}

	@Override
	public RetrySpec inTopic() {
		this.mode = RetryMode.TOPIC;
		return this;
	}

	@Override
	public RetrySpec inTopic(String topic) {
		this.topic = topic;
		return inTopic();
	}

	@Override
	public RetrySpec keepOrder(boolean keepOrder) {
		this.keepOrder = keepOrder;
		return this;
	}

	SubscriberSettings.Retry settings() {
		return new SubscriberSettings.Retry(this.attempts, this.maxTime, this.delay, this.multiplier, this.maxDelay,
				this.jitter, this.on, this.fatal, this.mode, this.topic, this.keepOrder);
	}

}
