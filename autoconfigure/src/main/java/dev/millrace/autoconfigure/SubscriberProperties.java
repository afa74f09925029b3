package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.millrace.Ordering;
import dev.millrace.config.SubscriberSettings;

/**
 * Configuration properties of a subscriber, or of all of them. What is not set is left to
 * the next source: the annotation, the properties of all subscribers, Millrace's default.
 */
public class SubscriberProperties {

	/**
	 * Consumer group.
	 */
	private @Nullable String groupId;

	/**
	 * Client id; the number of the consumer is appended.
	 */
	private @Nullable String clientId;

	/**
	 * Where a group without a committed offset begins.
	 */
	private @Nullable String autoOffsetReset;

	/**
	 * Whether the subscriber starts with the application.
	 */
	private @Nullable Boolean autoStartup;

	/**
	 * Which records may run at the same time. One of a partition by default.
	 */
	private @Nullable Ordering ordering;

	/**
	 * How many records run at once in this application. Ten by default.
	 */
	private @Nullable Integer concurrency;

	/**
	 * Shortest time between two commits of a consumer; records finished within it may be
	 * handled again after a crash. 200 milliseconds by default.
	 */
	private @Nullable Duration commitInterval;

	/**
	 * Kafka consumer properties.
	 */
	private final Map<String, String> properties = new LinkedHashMap<>();

	private final Window window = new Window();

	private final Retry retry = new Retry();

	public @Nullable String getGroupId() {
		return this.groupId;
	}

	public void setGroupId(@Nullable String groupId) {
		this.groupId = groupId;
	}

	public @Nullable String getClientId() {
		return this.clientId;
	}

	public void setClientId(@Nullable String clientId) {
		this.clientId = clientId;
	}

	public @Nullable String getAutoOffsetReset() {
		return this.autoOffsetReset;
	}

	public void setAutoOffsetReset(@Nullable String autoOffsetReset) {
		this.autoOffsetReset = autoOffsetReset;
	}

	public @Nullable Boolean getAutoStartup() {
		return this.autoStartup;
	}

	public void setAutoStartup(@Nullable Boolean autoStartup) {
		this.autoStartup = autoStartup;
	}

	public @Nullable Ordering getOrdering() {
		return this.ordering;
	}

	public void setOrdering(@Nullable Ordering ordering) {
		this.ordering = ordering;
	}

	public @Nullable Integer getConcurrency() {
		return this.concurrency;
	}

	public void setConcurrency(@Nullable Integer concurrency) {
		this.concurrency = concurrency;
	}

	public @Nullable Duration getCommitInterval() {
		return this.commitInterval;
	}

	public void setCommitInterval(@Nullable Duration commitInterval) {
		this.commitInterval = commitInterval;
	}

	public Map<String, String> getProperties() {
		return this.properties;
	}

	public Window getWindow() {
		return this.window;
	}

	public Retry getRetry() {
		return this.retry;
	}

	SubscriberSettings toSettings() {
		return new SubscriberSettings(this.groupId, this.clientId, this.autoOffsetReset, this.autoStartup,
				this.ordering, this.concurrency, this.commitInterval,
				new SubscriberSettings.Window(this.window.high, this.window.low),
				new SubscriberSettings.Retry(this.retry.delay, this.retry.multiplier, this.retry.maxDelay,
						this.retry.jitter),
				this.properties);
	}

	/**
	 * Records of a partition between the poll and the commit.
	 */
	public static class Window {

		/**
		 * How many records pause a partition; one more poll may come on top. 1000 by
		 * default.
		 */
		private @Nullable Integer high;

		/**
		 * How many records are left when a paused partition is resumed. Half of the high
		 * mark by default.
		 */
		private @Nullable Integer low;

		public @Nullable Integer getHigh() {
			return this.high;
		}

		public void setHigh(@Nullable Integer high) {
			this.high = high;
		}

		public @Nullable Integer getLow() {
			return this.low;
		}

		public void setLow(@Nullable Integer low) {
			this.low = low;
		}

	}

	/**
	 * Attempts after a failure.
	 */
	public static class Retry {

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

	}

}
