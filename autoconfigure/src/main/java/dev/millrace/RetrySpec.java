package dev.millrace;

import java.time.Duration;

/**
 * Says how records that failed are tried again. Every setting means what the attribute of
 * {@link dev.millrace.annotation.Retry @Retry} with the same name means.
 */
public interface RetrySpec {

	/**
	 * Set how often a record is tried at most.
	 * @param attempts the number, from 1, the first attempt included
	 * @return this
	 */
	RetrySpec attempts(int attempts);

	/**
	 * Set how long after its first attempt a record is tried again at most.
	 * @param maxTime the time
	 * @return this
	 */
	RetrySpec maxTime(Duration maxTime);

	/**
	 * Set the delay before the second attempt.
	 * @param delay the delay
	 * @return this
	 */
	RetrySpec delay(Duration delay);

	/**
	 * Set what each further delay is multiplied by.
	 * @param multiplier the factor, from 1
	 * @return this
	 */
	RetrySpec multiplier(double multiplier);

	/**
	 * Set the longest delay.
	 * @param maxDelay the delay
	 * @return this
	 */
	RetrySpec maxDelay(Duration maxDelay);

	/**
	 * Set the share of the delay that is left to chance.
	 * @param jitter the share, from 0 to 1
	 * @return this
	 */
	RetrySpec jitter(double jitter);

	/**
	 * Add exceptions that are worth another attempt; if any are named, no others are.
	 * @param type the type
	 * @return this
	 */
	RetrySpec on(Class<? extends Throwable> type);

	/**
	 * Add exceptions that are not worth another attempt.
	 * @param type the type
	 * @return this
	 */
	RetrySpec fatal(Class<? extends Throwable> type);

	/**
	 * Have records wait in a retry topic.
	 * @return this
	 * @see RetryMode#TOPIC
	 */
	RetrySpec inTopic();

	/**
	 * Have records wait in a retry topic of this name.
	 * @param topic the topic
	 * @return this
	 */
	RetrySpec inTopic(String topic);

	/**
	 * Set whether later records of a key wait in the retry topic too.
	 * @param keepOrder whether they do
	 * @return this
	 */
	RetrySpec keepOrder(boolean keepOrder);

}
