package dev.millrace.config;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import dev.millrace.AckPolicy;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.Ordering;
import dev.millrace.RetryMode;
import dev.millrace.Unmatched;

/**
 * Settings of a subscriber as one source has them; {@code null}, or an empty list, where
 * that source says nothing.
 *
 * @param consumer how consumers join the cluster
 * @param flow how records flow
 * @param delivery when a record is finished
 * @param body how bodies are read
 * @param retry how records that failed are tried again
 * @param deadLetter what becomes of records that failed for good
 */
public record SubscriberSettings(Consumer consumer, Flow flow, Delivery delivery, Body body, Retry retry,
		DeadLetter deadLetter) {

	/**
	 * Settings that say nothing.
	 */
	public static final SubscriberSettings NONE = new SubscriberSettings(Consumer.NONE, Flow.NONE, Delivery.NONE,
			Body.NONE, Retry.NONE, DeadLetter.NONE);

	/**
	 * How consumers join the cluster.
	 *
	 * @param groupId the consumer group
	 * @param clientId the client id prefix
	 * @param consumers how many consumers there are
	 * @param autoOffsetReset where a group without a committed offset begins
	 * @param autoStartup whether the subscriber starts with the application
	 * @param properties consumer properties
	 */
	public record Consumer(@Nullable String groupId, @Nullable String clientId, @Nullable Integer consumers,
			@Nullable String autoOffsetReset, @Nullable Boolean autoStartup, Map<String, String> properties) {

		/**
		 * Settings that say nothing.
		 */
		public static final Consumer NONE = new Consumer(null, null, null, null, null, Map.of());

	}

	/**
	 * How records flow.
	 *
	 * @param ordering which records may run at the same time
	 * @param concurrency how many records run at once
	 * @param maxRate how many records are begun in a second
	 * @param commitInterval the shortest time between two commits
	 * @param stallTimeout how long a record may be unfinished before it is reported
	 * @param windowHigh how many records pause a partition
	 * @param windowLow how many are left when it is resumed
	 * @param batch how records are put together
	 */
	public record Flow(@Nullable Ordering ordering, @Nullable Integer concurrency, @Nullable Double maxRate,
			@Nullable Duration commitInterval, @Nullable Duration stallTimeout, @Nullable Integer windowHigh,
			@Nullable Integer windowLow, Batch batch) {

		/**
		 * Settings that say nothing.
		 */
		public static final Flow NONE = new Flow(null, null, null, null, null, null, null, Batch.NONE);

	}

	/**
	 * How records are put together.
	 *
	 * @param enabled whether handlers get batches
	 * @param maxRecords how many records a batch has
	 * @param maxWait how long the first of them waits for others
	 */
	public record Batch(@Nullable Boolean enabled, @Nullable Integer maxRecords, @Nullable Duration maxWait) {

		/**
		 * Settings that say nothing.
		 */
		public static final Batch NONE = new Batch(null, null, null);

	}

	/**
	 * When a record is finished.
	 *
	 * @param ackPolicy what finishes a record
	 * @param exactlyOnce whether records are handled in transactions
	 * @param unmatched what becomes of a record that no handler takes
	 * @param reply whether records that ask for an answer get one
	 */
	public record Delivery(@Nullable AckPolicy ackPolicy, @Nullable Boolean exactlyOnce, @Nullable Unmatched unmatched,
			@Nullable Boolean reply) {

		/**
		 * Settings that say nothing.
		 */
		public static final Delivery NONE = new Delivery(null, null, null, null);

	}

	/**
	 * How bodies are read.
	 *
	 * @param codec the name of the codec that reads everything
	 * @param contentType the content type of records that have none
	 */
	public record Body(@Nullable String codec, @Nullable String contentType) {

		/**
		 * Settings that say nothing.
		 */
		public static final Body NONE = new Body(null, null);

	}

	/**
	 * How records that failed are tried again.
	 *
	 * @param attempts how often a record is tried
	 * @param maxTime for how long a record is tried
	 * @param delay the first delay
	 * @param multiplier the growth of the delay
	 * @param maxDelay the longest delay
	 * @param jitter the share of the delay left to chance
	 * @param on the failures that are worth another attempt
	 * @param fatal the failures that are not
	 * @param mode where a record waits
	 * @param topic the topic in which it waits
	 * @param keepOrder whether later records of a key wait behind it
	 */
	public record Retry(@Nullable Integer attempts, @Nullable Duration maxTime, @Nullable Duration delay,
			@Nullable Double multiplier, @Nullable Duration maxDelay, @Nullable Double jitter,
			List<Class<? extends Throwable>> on, List<Class<? extends Throwable>> fatal, @Nullable RetryMode mode,
			@Nullable String topic, @Nullable Boolean keepOrder) {

		/**
		 * Settings that say nothing.
		 */
		public static final Retry NONE = new Retry(null, null, null, null, null, null, List.of(), List.of(), null, null,
				null);

	}

	/**
	 * What becomes of records that failed for good.
	 *
	 * @param enabled whether they become dead letters
	 * @param topic the topic of the dead letters
	 * @param headers the form of their headers
	 */
	public record DeadLetter(@Nullable Boolean enabled, @Nullable String topic, @Nullable DeadLetterHeaders headers) {

		/**
		 * Settings that say nothing.
		 */
		public static final DeadLetter NONE = new DeadLetter(null, null, null);

	}

}
