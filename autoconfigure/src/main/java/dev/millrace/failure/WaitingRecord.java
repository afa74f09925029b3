package dev.millrace.failure;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.NoSuchElementException;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.InFlightRecord;

/**
 * Record that waits in a retry topic. What is said of it here is in headers of UTF-8
 * text, times in milliseconds since the epoch, behind those that the record came with:
 * the record's own headers of the same names, if it has any, stay what they are.
 *
 * @param original the record as it was first polled
 * @param attempts how often it has been tried, zero when it only waits behind another
 * @param firstAttempt when its first attempt began, or when it began to wait
 * @param due when it is tried again
 */
public record WaitingRecord(ConsumerRecord<byte[], byte[]> original, int attempts, Instant firstAttempt, Instant due) {

	private static final String PREFIX = "retry-";

	/**
	 * After this time the clock is to be asked again, in case it was changed.
	 */
	private static final Duration LONGEST_WAIT = Duration.ofHours(1);

	/**
	 * How many characters of the reason are kept, so that a record that was just small
	 * enough for the broker does not become too large by a long message.
	 */
	private static final int LIMIT = 1000;

	static WaitingRecord of(InFlightRecord record, Duration delay, Instant now) {
		// Rounded up: not before the delay has passed.
		long due = now.toEpochMilli() + delay.plusNanos(999_999).toMillis();
		return new WaitingRecord(record.record(), record.attempt(),
				record.firstAttempt(now).truncatedTo(ChronoUnit.MILLIS), Instant.ofEpochMilli(due));
	}

	static WaitingRecord untried(InFlightRecord record, Instant now) {
		Instant due = now.truncatedTo(ChronoUnit.MILLIS);
		return new WaitingRecord(record.record(), record.attempt() - 1, due, due);
	}

	/**
	 * Return a record that has not been tried and waits for nothing.
	 * @param original the record
	 * @param now the present time
	 * @return the waiting record
	 */
	public static WaitingRecord untried(ConsumerRecord<byte[], byte[]> original, Instant now) {
		Instant due = now.truncatedTo(ChronoUnit.MILLIS);
		return new WaitingRecord(original, 0, due, due);
	}

	/**
	 * Read a record of a retry topic.
	 * @param polled the record as it was polled
	 * @return what it stands for, or {@code null} when its headers don't say
	 */
	public static @Nullable WaitingRecord read(ConsumerRecord<byte[], byte[]> polled) {
		RecordHeaders headers = new RecordHeaders(polled.headers());
		try {
			int attempts = Integer.parseInt(take(headers, "attempts"));
			Instant due = Instant.ofEpochMilli(Long.parseLong(take(headers, "due")));
			Instant firstAttempt = Instant.ofEpochMilli(Long.parseLong(take(headers, "first-attempt")));
			take(headers, "reason");
			ConsumerRecord<byte[], byte[]> original = new ConsumerRecord<>(take(headers, "topic"),
					Integer.parseInt(take(headers, "partition")), Long.parseLong(take(headers, "offset")),
					Long.parseLong(take(headers, "timestamp")), TimestampType.forName(take(headers, "timestamp-type")),
					polled.serializedKeySize(), polled.serializedValueSize(), polled.key(), polled.value(), headers,
					Optional.empty());
			return new WaitingRecord(original, attempts, firstAttempt, due);
		}
		catch (IllegalArgumentException | NoSuchElementException ex) {
			return null;
		}
	}

	/**
	 * Return what {@link #read} reads, as if it had been polled.
	 * @param place a record in whose place it is
	 * @param reason why it waits
	 * @return a record of a retry topic
	 */
	public ConsumerRecord<byte[], byte[]> in(ConsumerRecord<?, ?> place, String reason) {
		RecordHeaders headers = new RecordHeaders(this.original.headers());
		addTo(headers, reason);
		return new ConsumerRecord<>(place.topic(), place.partition(), place.offset(), place.timestamp(),
				place.timestampType(), place.serializedKeySize(), place.serializedValueSize(), this.original.key(),
				this.original.value(), headers, Optional.empty());
	}

	/**
	 * Return how long the record has to wait.
	 * @param now the present time
	 * @return the time until it is due, at most an hour; zero when it is due
	 */
	public Duration untilDue(Instant now) {
		if (!now.isBefore(this.due)) {
			return Duration.ZERO;
		}
		Instant soon = now.plus(LONGEST_WAIT);
		return Duration.between(now, this.due.isBefore(soon) ? this.due : soon);
	}

	/**
	 * Let a polled record be the one that waits here.
	 * @param record the polled record, which runs
	 * @param now the present time
	 */
	public void resume(InFlightRecord record, Instant now) {
		record.continues(this.original, this.attempts, (this.attempts > 0) ? this.firstAttempt : now);
	}

	/**
	 * Return the timestamp that the record has in the retry topic.
	 * @return that of the original, or {@code null} when it has none
	 */
	@Nullable Long timestamp() {
		return (this.original.timestamp() >= 0) ? this.original.timestamp() : null;
	}

	void addTo(Headers headers, Throwable cause) {
		addTo(headers, cause.toString());
	}

	private void addTo(Headers headers, String reason) {
		put(headers, "due", String.valueOf(this.due.toEpochMilli()));
		put(headers, "attempts", String.valueOf(this.attempts));
		put(headers, "first-attempt", String.valueOf(this.firstAttempt.toEpochMilli()));
		put(headers, "topic", this.original.topic());
		put(headers, "partition", String.valueOf(this.original.partition()));
		put(headers, "offset", String.valueOf(this.original.offset()));
		put(headers, "timestamp", String.valueOf(this.original.timestamp()));
		put(headers, "timestamp-type", this.original.timestampType().name);
		put(headers, "reason", (reason.length() > LIMIT) ? reason.substring(0, LIMIT) : reason);
	}

	private static void put(Headers headers, String name, String value) {
		headers.add(PREFIX + name, value.getBytes(StandardCharsets.UTF_8));
	}

	// Only the last one is ours.
	private static String take(RecordHeaders headers, String name) {
		Header last = headers.lastHeader(PREFIX + name);
		if (last == null || last.value() == null) {
			throw new IllegalArgumentException("No header " + PREFIX + name);
		}
		Header[] all = headers.toArray();
		headers.remove(PREFIX + name);
		for (Header header : all) {
			if (header != last && header.key().equals(last.key())) {
				headers.add(header);
			}
		}
		return new String(last.value(), StandardCharsets.UTF_8);
	}

}
