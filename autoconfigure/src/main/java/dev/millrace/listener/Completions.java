package dev.millrace.listener;

import java.util.List;
import java.util.Map;

import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.FailureHandler;
import dev.millrace.publisher.RecordSender;

/**
 * Makes the completions of the records of batches. Safe for use by several threads.
 */
interface Completions {

	/**
	 * Return what decides about records that failed.
	 * @return the failure handler
	 */
	FailureHandler failures();

	/**
	 * Return what sends to the broker.
	 * @return the sender
	 */
	RecordSender sender();

	/**
	 * Return what sends what records have published together.
	 * @param records the records
	 * @return the sender
	 */
	RecordSender sender(List<InFlightRecord> records);

	/**
	 * Take back what records have published together, because some of them have failed.
	 * @param failures those that have failed, and why
	 * @return whether that was done, and all of them are handled again; {@code false}
	 * where it can't be taken back
	 */
	boolean takeBack(Map<InFlightRecord, Throwable> failures);

	/**
	 * Make the completion of a record.
	 * @param record the record
	 * @param sender what sends to the broker, or shares that with other records
	 * @param again handles the record again from the beginning
	 * @return the completion
	 */
	RecordCompletion of(InFlightRecord record, RecordSender sender, RecordHandler again);

}
