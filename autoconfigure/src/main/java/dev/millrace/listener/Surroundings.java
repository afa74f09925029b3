package dev.millrace.listener;

import dev.millrace.dispatch.RunContext;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.publisher.ForwardObserver;

/**
 * What watches over the records of a subscriber without having a part in their handling.
 *
 * @param runs surrounds what is done with them
 * @param forwards watches over retries and dead letters
 */
public record Surroundings(RunContext runs, ForwardObserver forwards) {

	/**
	 * Nothing.
	 */
	public static final Surroundings NONE = new Surroundings(RunContext.NONE, ForwardObserver.NONE);

	/**
	 * Return the same, within the logging context.
	 * @param log the logging context
	 * @param endpoint the subscriber
	 * @return both
	 */
	public Surroundings in(LogContext log, SubscriberEndpoint endpoint) {
		return new Surroundings(log.runs(endpoint).around(this.runs), this.forwards);
	}

}
