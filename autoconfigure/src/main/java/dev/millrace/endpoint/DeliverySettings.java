package dev.millrace.endpoint;

import dev.millrace.AckPolicy;
import dev.millrace.Unmatched;

/**
 * When a record is finished, and what happens until then.
 *
 * @param ackPolicy what finishes a record
 * @param exactlyOnce whether records, what they publish and their offsets are committed
 * in transactions
 * @param unmatched what becomes of a record that no handler takes
 * @param reply whether records that ask for an answer get one
 * @param retry how records that failed are tried again
 * @param deadLetter what becomes of records that failed for good
 */
public record DeliverySettings(AckPolicy ackPolicy, boolean exactlyOnce, Unmatched unmatched, boolean reply,
		RetrySettings retry, DeadLetterSettings deadLetter) {

}
