package dev.millrace.test;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

import dev.millrace.DecodingException;
import dev.millrace.StreamRecord;

/**
 * Assertions about one of the records of a topic: each leaves those for which it holds,
 * and fails when there are none.
 */
public final class RecordAssert extends AbstractAssert<RecordAssert, TopicRecords> {

	private final List<StreamRecord> left;

	RecordAssert(TopicRecords topic, List<StreamRecord> left) {
		this(topic, left, "a record");
	}

	private RecordAssert(TopicRecords topic, List<StreamRecord> left, String wanted) {
		super(topic, RecordAssert.class);
		this.left = left;
		if (left.isEmpty()) {
			failWithMessage("%s", "%nExpected in %s %s, but there are %s%s".formatted(topic.topic(), wanted,
					RecordText.of(topic.records()), topic.story().tell()));
		}
	}

	/**
	 * Verify the key.
	 * @param key the key as text, or {@code null} for none
	 * @return assertions about a record with that key
	 */
	public RecordAssert withKey(@Nullable String key) {
		return where("the key " + key, (record) -> Objects.equals(record.key(), key));
	}

	/**
	 * Verify the body.
	 * @param body the body, as a value that the record's body is read as, by its class;
	 * {@code null} for a tombstone
	 * @return assertions about a record with that body
	 */
	public RecordAssert withBody(@Nullable Object body) {
		return where("the body " + body, (record) -> Objects.deepEquals(body(record, body), body));
	}

	/**
	 * Verify a header.
	 * @param name the name
	 * @param value the value as text, or {@code null} when there must be no such header
	 * @return assertions about a record with that header
	 */
	public RecordAssert withHeader(String name, @Nullable String value) {
		return where("the header " + name + "=" + value, (record) -> Objects.equals(record.header(name), value));
	}

	/**
	 * Verify the partition.
	 * @param partition the partition
	 * @return assertions about a record in that partition
	 */
	public RecordAssert inPartition(int partition) {
		return where("the partition " + partition, (record) -> record.partition() == partition);
	}

	/**
	 * Verify that there is just one such record.
	 * @return this
	 */
	public RecordAssert once() {
		if (this.left.size() != 1) {
			failWithMessage("%s", "%nExpected one such record in %s, but there are %s%s".formatted(this.actual.topic(),
					RecordText.of(this.left), this.actual.story().tell()));
		}
		return this;
	}

	/**
	 * Return the record, for other assertions.
	 * @return the first record for which everything holds
	 */
	public StreamRecord get() {
		return this.left.get(0);
	}

	private RecordAssert where(String what, Predicate<StreamRecord> condition) {
		return new RecordAssert(this.actual, this.left.stream().filter(condition).toList(),
				"a record with " + what + ", among %d that fit so far".formatted(this.left.size()));
	}

	private static @Nullable Object body(StreamRecord record, @Nullable Object expected) {
		try {
			return (expected != null && record.source().value() != null) ? record.body(type(expected))
					: record.source().value();
		}
		catch (DecodingException ex) {
			return record.source().value();
		}
	}

	// Collections are compared by what they hold, whatever they are.
	private static Class<?> type(Object expected) {
		if (expected instanceof Map) {
			return Map.class;
		}
		return (expected instanceof List) ? List.class : expected.getClass();
	}

}
