package dev.millrace.test;

import java.util.List;

import org.assertj.core.api.AssertProvider;

import dev.millrace.StreamRecord;

/**
 * What was published to a topic during the test. For AssertJ's {@code assertThat}.
 */
public final class TopicRecords implements AssertProvider<TopicAssert> {

	private final String topic;

	private final List<StreamRecord> records;

	private final TestStory story;

	TopicRecords(String topic, List<StreamRecord> records, TestStory story) {
		this.topic = topic;
		this.records = List.copyOf(records);
		this.story = story;
	}

	/**
	 * Return the name of the topic.
	 * @return the name
	 */
	public String topic() {
		return this.topic;
	}

	/**
	 * Return the records.
	 * @return the records, by their partitions and in their order there
	 */
	public List<StreamRecord> records() {
		return this.records;
	}

	TestStory story() {
		return this.story;
	}

	@Override
	public TopicAssert assertThat() {
		return new TopicAssert(this);
	}

	@Override
	public String toString() {
		return this.topic + ": " + RecordText.of(this.records);
	}

}
