package dev.millrace.test;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.AssertProvider;

import dev.millrace.StreamRecord;

/**
 * What a subscriber has done during the test. For AssertJ's {@code assertThat}.
 */
public final class SubscriberView implements AssertProvider<SubscriberAssert> {

	private final String id;

	private final List<HandlerCall> calls;

	private final Map<TopicPartition, Long> committed;

	private final List<String> uncommitted;

	private final TopicRecords deadLetters;

	private final Function<String, List<StreamRecord>> topics;

	SubscriberView(String id, List<HandlerCall> calls, Map<TopicPartition, Long> committed, List<String> uncommitted,
			TopicRecords deadLetters, Function<String, List<StreamRecord>> topics) {
		this.id = id;
		this.calls = List.copyOf(calls);
		this.committed = Map.copyOf(committed);
		this.uncommitted = List.copyOf(uncommitted);
		this.deadLetters = deadLetters;
		this.topics = topics;
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

	/**
	 * Return where the next record is.
	 * @param record a record
	 * @return the offset of the next one of its partition, or a great one when it is the
	 * last
	 */
	long next(StreamRecord record) {
		return this.topics.apply(record.topic())
			.stream()
			.filter((other) -> other.partition() == record.partition() && other.offset() > record.offset())
			.mapToLong(StreamRecord::offset)
			.min()
			.orElse(Long.MAX_VALUE);
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
