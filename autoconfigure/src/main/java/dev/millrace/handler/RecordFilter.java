package dev.millrace.handler;

import dev.millrace.StreamRecord;

/**
 * Tells which records a handler takes. Safe for use by several threads.
 */
@FunctionalInterface
public interface RecordFilter {

	/**
	 * Takes every record.
	 */
	RecordFilter ALL = (record) -> true;

	/**
	 * Tell whether the handler takes a record.
	 * @param record the record
	 * @return whether it does
	 * @throws Exception when it can't be told, which fails the record
	 */
	boolean accepts(StreamRecord record) throws Exception;

}
