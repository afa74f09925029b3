package dev.millrace.test;

import org.assertj.core.api.AbstractAssert;

/**
 * Assertions about what was published to a topic during the test.
 */
public final class TopicAssert extends AbstractAssert<TopicAssert, TopicRecords> {

	TopicAssert(TopicRecords actual) {
		super(actual, TopicAssert.class);
	}

	/**
	 * Verify that there is a record.
	 * @return assertions about it: that there is one for which all of them hold
	 */
	public RecordAssert hasRecord() {
		return new RecordAssert(this.actual, this.actual.records());
	}

	/**
	 * Verify how many records there are.
	 * @param count the number of records
	 * @return this
	 */
	public TopicAssert hasRecords(int count) {
		if (this.actual.records().size() != count) {
			failWithMessage("%s", "%nExpected %d records in %s, but there are %s%s".formatted(count,
					this.actual.topic(), RecordText.of(this.actual.records()), this.actual.story().tell()));
		}
		return this;
	}

	/**
	 * Verify that nothing was published.
	 * @return this
	 */
	public TopicAssert isEmpty() {
		return hasRecords(0);
	}

}
