package dev.millrace;

import java.time.Duration;

/**
 * Lets a handler decide about the record that it handles: declare a parameter of this
 * type. The first call decides, all further calls do nothing; under
 * {@link AckPolicy#ACK_FIRST} none does. May be called from any thread, also after the
 * handler has returned, as long as the policy is {@link AckPolicy#MANUAL}: under the
 * others, the record is decided about when the handler has returned.
 */
public interface Acknowledgment {

	/**
	 * Finish the record. When the handler returns a value, the record is finished after
	 * the broker has confirmed what was published.
	 */
	void ack();

	/**
	 * Have the record handled again: before all that wait in its lane or, with
	 * {@link RetryMode#TOPIC}, while its lane goes on. What the handler returns is not
	 * published.
	 * @param delay how long to wait, {@link NackRecord#LONGEST_DELAY} at most
	 */
	void nack(Duration delay);

	/**
	 * Make the record a dead letter. What the handler returns is not published.
	 */
	void reject();

}
