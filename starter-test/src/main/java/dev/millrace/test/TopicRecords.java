package dev.millrace.test;

import java.util.List;

import org.assertj.core.api.AssertProvider;

import dev.millrace.StreamRecord;

/**
 * What was published to a topic during the test. For AssertJ's {@code assertThat}.
 *
 * @param topic the name of the topic
 * @param records the records, by their partitions and in their order there
 */
public record TopicRecords(String topic, List<StreamRecord> records) implements AssertProvider<TopicAssert> {

	public TopicRecords {
		records = List.copyOf(records);
	}

	@Override
	public TopicAssert assertThat() {
		return new TopicAssert(this);
	}

}
