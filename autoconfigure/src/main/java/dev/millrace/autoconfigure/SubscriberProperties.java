package dev.millrace.autoconfigure;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.NestedConfigurationProperty;

import dev.millrace.AckPolicy;
import dev.millrace.Ordering;
import dev.millrace.Unmatched;
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
	 * What becomes of a record when its handler has returned or failed. Finished on
	 * success by default, else retried and then a dead letter.
	 */
	private @Nullable AckPolicy ackPolicy;

	/**
	 * Whether records, all that they publish and their offsets are committed together in
	 * transactions.
	 */
	private @Nullable Boolean exactlyOnce;

	/**
	 * What becomes of records that no handler takes. Default: dead-letter.
	 */
	private @Nullable Unmatched unmatched;

	/**
	 * Whether records that ask for an answer in a topic get one. True by default.
	 */
	private @Nullable Boolean reply;

	/**
	 * How many consumers this application has.
	 */
	private @Nullable Integer consumers;

	/**
	 * How many records are begun in a second at most. No limit by default.
	 */
	private @Nullable Double maxRate;

	/**
	 * How long a record may be unfinished before it is reported by the log and the
	 * health. Five minutes by default. Consumers without a partition are reported by the
	 * log after that time too, at the latest after 30 seconds.
	 */
	private @Nullable Duration stallTimeout;

	/**
	 * Name of the codec bean that reads all bodies, whatever their content type.
	 */
	private @Nullable String codec;

	/**
	 * Content type of records that have none.
	 */
	private @Nullable String contentType;

	/**
	 * Kafka consumer properties.
	 */
	private final Map<String, String> properties = new LinkedHashMap<>();

	private final Window window = new Window();

	private final Batch batch = new Batch();

	@NestedConfigurationProperty
	private final RetryProperties retry = new RetryProperties();

	@NestedConfigurationProperty
	private final DeadLetterProperties deadLetter = new DeadLetterProperties();

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

	public @Nullable AckPolicy getAckPolicy() {
		return this.ackPolicy;
	}

	public void setAckPolicy(@Nullable AckPolicy ackPolicy) {
		this.ackPolicy = ackPolicy;
	}

	public @Nullable Boolean getExactlyOnce() {
		return this.exactlyOnce;
	}

	public void setExactlyOnce(@Nullable Boolean exactlyOnce) {
		this.exactlyOnce = exactlyOnce;
	}

	public @Nullable Unmatched getUnmatched() {
		return this.unmatched;
	}

	public void setUnmatched(@Nullable Unmatched unmatched) {
		this.unmatched = unmatched;
	}

	public @Nullable Boolean getReply() {
		return this.reply;
	}

	public void setReply(@Nullable Boolean reply) {
		this.reply = reply;
	}

	public @Nullable Integer getConsumers() {
		return this.consumers;
	}

	public void setConsumers(@Nullable Integer consumers) {
		this.consumers = consumers;
	}

	public @Nullable Double getMaxRate() {
		return this.maxRate;
	}

	public void setMaxRate(@Nullable Double maxRate) {
		this.maxRate = maxRate;
	}

	public @Nullable Duration getStallTimeout() {
		return this.stallTimeout;
	}

	public void setStallTimeout(@Nullable Duration stallTimeout) {
		this.stallTimeout = stallTimeout;
	}

	public @Nullable String getCodec() {
		return this.codec;
	}

	public void setCodec(@Nullable String codec) {
		this.codec = codec;
	}

	public @Nullable String getContentType() {
		return this.contentType;
	}

	public void setContentType(@Nullable String contentType) {
		this.contentType = contentType;
	}

	public Map<String, String> getProperties() {
		return this.properties;
	}

	public Window getWindow() {
		return this.window;
	}

	public Batch getBatch() {
		return this.batch;
	}

	public RetryProperties getRetry() {
		return this.retry;
	}

	public DeadLetterProperties getDeadLetter() {
		return this.deadLetter;
	}

	SubscriberSettings toSettings() {
		return new SubscriberSettings(
				new SubscriberSettings.Consumer(this.groupId, this.clientId, this.consumers, this.autoOffsetReset,
						this.autoStartup, this.properties),
				new SubscriberSettings.Flow(this.ordering, this.concurrency, this.maxRate, this.commitInterval,
						this.stallTimeout, this.window.high, this.window.low,
						new SubscriberSettings.Batch(this.batch.enabled, this.batch.maxRecords, this.batch.maxWait)),
				new SubscriberSettings.Delivery(this.ackPolicy, this.exactlyOnce, this.unmatched, this.reply),
				new SubscriberSettings.Body(this.codec, this.contentType), this.retry.toSettings(),
				this.deadLetter.toSettings());
	}

	/**
	 * Records of a partition between the poll and the commit.
	 */
	public static class Window {

		/**
		 * How many records pause a partition; one more poll may come on top. By default
		 * 1000, or ten times the concurrency if that is more, or what the partition
		 * finishes in a quarter of a second if that is more.
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
	 * How records are put together for handlers that take several.
	 */
	public static class Batch {

		/**
		 * Whether the handler gets batches. Default: what its annotation says.
		 */
		private @Nullable Boolean enabled;

		/**
		 * How many records a batch has at most. 500 by default.
		 */
		private @Nullable Integer maxRecords;

		/**
		 * How long the first record of a batch waits for others. 200 milliseconds by
		 * default.
		 */
		private @Nullable Duration maxWait;

		public @Nullable Boolean getEnabled() {
			return this.enabled;
		}

		public void setEnabled(@Nullable Boolean enabled) {
			this.enabled = enabled;
		}

		public @Nullable Integer getMaxRecords() {
			return this.maxRecords;
		}

		public void setMaxRecords(@Nullable Integer maxRecords) {
			this.maxRecords = maxRecords;
		}

		public @Nullable Duration getMaxWait() {
			return this.maxWait;
		}

		public void setMaxWait(@Nullable Duration maxWait) {
			this.maxWait = maxWait;
		}

	}

}
