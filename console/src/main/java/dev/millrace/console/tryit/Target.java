package dev.millrace.console.tryit;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.endpoint.HandlerEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

/**
 * What a record can be tried out on.
 *
 * @param subscriber the id of the subscriber, or {@code null} where only something is
 * published
 * @param topics the topics that are known by name
 * @param pattern the pattern of the topics, or {@code null} when all are known by name
 * @param handlers the handlers
 * @param batch whether they get batches
 * @param answers whether who asks may get an answer
 * @param operation what it is called in the document
 */
record Target(@Nullable String subscriber, List<String> topics, @Nullable String pattern, List<String> handlers,
		boolean batch, boolean answers, String operation) {

	static Target of(SubscriberEndpoint endpoint) {
		boolean returns = endpoint.handlers().stream().anyMatch(Target::returns);
		return new Target(endpoint.id(), endpoint.subscription().topics(),
				(endpoint.subscription().pattern() != null) ? endpoint.subscription().toString() : null,
				endpoint.handlers().stream().map(HandlerEndpoint::describe).toList(), endpoint.flow().batch() != null,
				endpoint.delivery().reply() && returns, endpoint.id());
	}

	static Target of(String topic, String where) {
		return new Target(null, List.of(topic), null, List.of(), false, false, where);
	}

	private static boolean returns(HandlerEndpoint handler) {
		Class<?> type = handler.method().method().getReturnType();
		return type != void.class && type != Void.class;
	}

}
