package dev.millrace.test;

import java.util.List;

import org.assertj.core.api.AssertProvider;

/**
 * What a subscriber has done during the test. For AssertJ's {@code assertThat}.
 *
 * @param id the id of the subscriber
 * @param calls the calls of its handlers, in the order in which they ended, each attempt
 * @param uncommitted what it has not committed, for people to read
 * @param deadLetters its dead letters
 */
public record SubscriberView(String id, List<HandlerCall> calls, List<String> uncommitted,
		TopicRecords deadLetters) implements AssertProvider<SubscriberAssert> {

	public SubscriberView {
		calls = List.copyOf(calls);
		uncommitted = List.copyOf(uncommitted);
	}

	@Override
	public SubscriberAssert assertThat() {
		return new SubscriberAssert(this);
	}

}
