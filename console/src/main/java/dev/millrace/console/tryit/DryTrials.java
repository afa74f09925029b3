package dev.millrace.console.tryit;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

import dev.millrace.AckRecord;
import dev.millrace.NackRecord;
import dev.millrace.RecordControl;
import dev.millrace.RejectRecord;
import dev.millrace.config.DryRuns;
import dev.millrace.console.record.RecordViews;
import dev.millrace.listener.DryRunResult;

/**
 * Tries records out on subscribers without a broker.
 */
final class DryTrials {

	/**
	 * The record is nowhere.
	 */
	private static final long OFFSET = -1;

	private static final int LENGTH = 20_000;

	private final DryRuns runs;

	DryTrials(DryRuns runs) {
		this.runs = runs;
	}

	/**
	 * Find out what the handler would be called with.
	 * @param trial the record
	 * @return what was found out
	 */
	TrialResult check(Trial trial) {
		long began = System.nanoTime();
		return result(this.runs.of(trial.requiredSubscriber()).check(record(trial)), began);
	}

	/**
	 * Call the handler.
	 * @param trial the record
	 * @param timeout how long to wait for a handler that returns before its work is done
	 * @return what has become of it
	 */
	TrialResult run(Trial trial, Duration timeout) {
		long began = System.nanoTime();
		return result(this.runs.of(trial.requiredSubscriber()).run(record(trial), timeout), began);
	}

	private static ConsumerRecord<byte[], byte[]> record(Trial trial) {
		RecordHeaders headers = new RecordHeaders();
		trial.allHeaders().forEach((header) -> headers.add(header.name(), bytes(header.value())));
		byte[] key = bytes(trial.key());
		byte[] value = trial.bytes();
		return new ConsumerRecord<>(trial.requiredTopic(), (trial.partition() != null) ? trial.partition() : 0, OFFSET,
				System.currentTimeMillis(), TimestampType.CREATE_TIME, (key != null) ? key.length : -1,
				(value != null) ? value.length : -1, key, value, headers, Optional.empty());
	}

	private static TrialResult result(DryRunResult result, long began) {
		return new TrialResult(Duration.ofNanos(System.nanoTime() - began).toMillis(),
				(result.handler() != null) ? result.handler().describe() : null,
				result.arguments()
					.entrySet()
					.stream()
					.map((entry) -> new TrialResult.Argument(entry.getKey(), text(entry.getValue())))
					.toList(),
				(result.value() != null) ? text(result.value()) : null,
				result.published().stream().map(RecordViews.WHOLE::of).toList(), decision(result.decision()), null,
				(result.failure() != null) ? FailureView.of(result.failure()) : null);
	}

	private static @Nullable String decision(@Nullable RecordControl decision) {
		if (decision == null) {
			return null;
		}
		if (decision instanceof AckRecord) {
			return "acknowledged";
		}
		if (decision instanceof RejectRecord) {
			return "rejected: it would be a dead letter";
		}
		return (decision instanceof NackRecord) ? "refused for now: it would be tried again"
				: "skipped: it would be left behind";
	}

	private static String text(@Nullable Object value) {
		String text = (value instanceof Object[] array) ? Arrays.toString(array)
				: (value instanceof byte[] bytes) ? bytes.length + " bytes" : String.valueOf(value);
		return (text.length() > LENGTH) ? text.substring(0, LENGTH) + "..." : text;
	}

	private static byte @Nullable [] bytes(@Nullable String text) {
		return (text != null) ? text.getBytes(StandardCharsets.UTF_8) : null;
	}

}
