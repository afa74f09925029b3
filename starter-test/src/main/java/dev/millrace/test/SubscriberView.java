package dev.millrace.test;

import java.util.List;
import java.util.Map;

import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.AssertProvider;

/**
 * What a subscriber has done during the test. For AssertJ's {@code assertThat}.
 */
public final class SubscriberView implements AssertProvider<SubscriberAssert> {

	private final String id;

	private final List<HandlerCall> calls;

	private final Map<TopicPartition, Long> committed;

	private final List<String> uncommitted;

	private final TopicRecords deadLetters;

	SubscriberView(String id, List<HandlerCall> calls, Map<TopicPartition, Long> committed, List<String> uncommitted,
			TopicRecords deadLetters) {
		this.id = id;
		this.calls = List.copyOf(calls);
		this.committed = Map.copyOf(committed);
		this.uncommitted = List.copyOf(uncommitted);
		this.deadLetters = deadLetters;
	}

	/**
	 * Return the id of the subscriber.
	 * @return the id
	 */
	public String id() {
		return this.id;
	}

	/**
	 * Return the calls of its handlers.
	 * @return the calls, in the order in which they ended, each attempt
	 */
	public List<HandlerCall> calls() {
		return this.calls;
	}

	/**
	 * Return what it has committed.
	 * @return the offset of the first record that is not committed, by partition
	 */
	public Map<TopicPartition, Long> committed() {
		return this.committed;
	}

	/**
	 * Return what it has not committed.
	 * @return for people to read, empty when everything is committed that was published
	 * during the test
	 */
	public List<String> uncommitted() {
		return this.uncommitted;
	}

	/**
	 * Return its dead letters.
	 * @return the records of its topic of dead letters, without those whose headers say
	 * that they are another subscriber's
	 */
	public TopicRecords deadLetters() {
		return this.deadLetters;
	}

	@Override
	public SubscriberAssert assertThat() {
		return new SubscriberAssert(this);
	}

	@Override
	public String toString() {
		return this.id;
	}

}
