package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.RetryMode;
import dev.millrace.config.SubscriberSettings;

/**
 * Configuration properties of how records that failed are tried again.
 */
public class RetryProperties {

	/**
	 * How often a record is tried at most, with the first attempt; 1 means no retry. 10
	 * by default.
	 */
	private @Nullable Integer attempts;

	/**
	 * How long after its first attempt a record is tried again at most. No limit by
	 * default.
	 */
	private @Nullable Duration maxTime;

	/**
	 * Delay before the second attempt. One second by default.
	 */
	private @Nullable Duration delay;

	/**
	 * What each further delay is multiplied by. 2 by default.
	 */
	private @Nullable Double multiplier;

	/**
	 * Longest delay. 30 seconds by default.
	 */
	private @Nullable Duration maxDelay;

	/**
	 * Share of the delay, from 0 to 1, that is left to chance. 0.2 by default.
	 */
	private @Nullable Double jitter;

	/**
	 * Exceptions that are worth another attempt, looked for among the causes too; if any
	 * are named, no others are.
	 */
	private List<Class<? extends Throwable>> on = List.of();

	/**
	 * Exceptions that are not worth another attempt, beside what can't be decoded, bound
	 * or validated.
	 */
	private List<Class<? extends Throwable>> fatal = List.of();

	/**
	 * Where a record waits for its next attempt. In its lane by default.
	 */
	private @Nullable RetryMode mode;

	/**
	 * Topic in which records wait with mode TOPIC. By default the group, with the id
	 * unless the group ends with it, and '-retry'.
	 */
	private @Nullable String topic;

	/**
	 * With mode TOPIC: whether later records of a key wait behind one that failed. They
	 * don't by default.
	 */
	private @Nullable Boolean keepOrder;

	public @Nullable Integer getAttempts() {
		return this.attempts;
	}

	public void setAttempts(@Nullable Integer attempts) {
		this.attempts = attempts;
	}

	public @Nullable Duration getMaxTime() {
		return this.maxTime;
	}

	public void setMaxTime(@Nullable Duration maxTime) {
		this.maxTime = maxTime;
	}

	public @Nullable Duration getDelay() {
		return this.delay;
	}

	public void setDelay(@Nullable Duration delay) {
		this.delay = delay;
	}

	public @Nullable Double getMultiplier() {
		return this.multiplier;
	}

	public void setMultiplier(@Nullable Double multiplier) {
		this.multiplier = multiplier;
	}

	public @Nullable Duration getMaxDelay() {
		return this.maxDelay;
	}

	public void setMaxDelay(@Nullable Duration maxDelay) {
		this.maxDelay = maxDelay;
	}

	public @Nullable Double getJitter() {
		return this.jitter;
	}

	public void setJitter(@Nullable Double jitter) {
		this.jitter = jitter;
	}

	public List<Class<? extends Throwable>> getOn() {
		return this.on;
	}

	public void setOn(List<Class<? extends Throwable>> on) {
		this.on = on;
	}

	public List<Class<? extends Throwable>> getFatal() {
		return this.fatal;
	}

	public void setFatal(List<Class<? extends Throwable>> fatal) {
		this.fatal = fatal;
	}

	public @Nullable RetryMode getMode() {
		return this.mode;
	}

	public void setMode(@Nullable RetryMode mode) {
		this.mode = mode;
	}

	public @Nullable String getTopic() {
		return this.topic;
	}

	public void setTopic(@Nullable String topic) {
		this.topic = topic;
	}

	public @Nullable Boolean getKeepOrder() {
		return this.keepOrder;
	}

	public void setKeepOrder(@Nullable Boolean keepOrder) {
		this.keepOrder = keepOrder;
	}

	SubscriberSettings.Retry toSettings() {
		return new SubscriberSettings.Retry(this.attempts, this.maxTime, this.delay, this.multiplier, this.maxDelay,
				this.jitter, this.on, this.fatal, this.mode, this.topic, this.keepOrder);
	}

}
