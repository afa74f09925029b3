package dev.millrace.console.deadletters;

import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * Subscriber that may have dead letters.
 *
 * @param id its id
 * @param reads what it reads
 * @param direct whether its handler can be called with dead letters directly
 */
record SubscriberLetters(String id, String reads, boolean direct) {

	static SubscriberLetters of(SubscriberEndpoint endpoint) {
		return new SubscriberLetters(endpoint.id(), endpoint.subscription().toString(),
				!endpoint.delivery().exactlyOnce());
	}

}
