package dev.millrace.endpoint;

import dev.millrace.AckPolicy;

/**
 * When a record is finished, and what happens until then.
 *
 * @param ackPolicy what finishes a record
 * @param exactlyOnce whether records, what they publish and their offsets are committed
 * in transactions
 * @param retry how records that failed are tried again
 * @param deadLetter what becomes of records that failed for good
 */
public record DeliverySettings(AckPolicy ackPolicy, boolean exactlyOnce, RetrySettings retry,
		DeadLetterSettings deadLetter) {

}
