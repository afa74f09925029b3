package dev.millrace.test;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.apache.kafka.common.TopicPartition;
import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

import dev.millrace.StreamRecord;

/**
 * Assertions about what a subscriber has done during the test.
 */
public final class SubscriberAssert extends AbstractAssert<SubscriberAssert, SubscriberView> {

	SubscriberAssert(SubscriberView actual) {
		super(actual, SubscriberAssert.class);
	}

	/**
	 * Verify that a handler was called.
	 * @param arguments what it was called with, all of it and in its order; arrays are
	 * compared by what they hold
	 * @return this
	 */
	public SubscriberAssert wasCalledWith(@Nullable Object... arguments) {
		// This is what Java makes of a single null.
		@Nullable Object[] expected = (arguments != null) ? arguments : new @Nullable Object[] { null };
		if (this.actual.calls().stream().noneMatch((call) -> Arrays.deepEquals(call.arguments().toArray(), expected))) {
			fail("a call of %s with %s".formatted(this.actual.id(), Arrays.deepToString(expected)));
		}
		return this;
	}

	/**
	 * Verify how often handlers were called, each attempt counted.
	 * @param times the number of calls
	 * @return this
	 */
	public SubscriberAssert wasCalled(int times) {
		if (this.actual.calls().size() != times) {
			fail("%d calls of %s".formatted(times, this.actual.id()));
		}
		return this;
	}

	/**
	 * Verify that no handler was called.
	 * @return this
	 */
	public SubscriberAssert wasNotCalled() {
		return wasCalled(0);
	}

	/**
	 * Verify that a handler has returned something.
	 * @param result what it has returned, or its future has completed with
	 * @return this
	 */
	public SubscriberAssert returned(@Nullable Object result) {
		if (this.actual.calls()
			.stream()
			.noneMatch((call) -> call.failure() == null && Objects.deepEquals(call.result(), result))) {
			fail("a call of %s that returned %s".formatted(this.actual.id(), result));
		}
		return this;
	}

	/**
	 * Verify that a handler has thrown an exception.
	 * @param type what it has thrown, or its future has failed with
	 * @return this
	 */
	public SubscriberAssert threw(Class<? extends Throwable> type) {
		if (this.actual.calls().stream().noneMatch((call) -> type.isInstance(call.failure()))) {
			fail("a call of %s that threw %s".formatted(this.actual.id(), type.getName()));
		}
		return this;
	}

	/**
	 * Verify that something was published because of its calls: their results, or what
	 * handlers have sent by themselves.
	 * @return assertions about it
	 */
	public RecordAssert published() {
		List<StreamRecord> published = this.actual.calls()
			.stream()
			.flatMap((call) -> call.published().stream())
			.toList();
		return new TopicAssert(new TopicRecords("what %s has published".formatted(this.actual.id()), published,
				this.actual.deadLetters().story()))
			.hasRecord();
	}

	/**
	 * Verify that everything is committed that was published to what it reads.
	 * @return this
	 */
	public SubscriberAssert committed() {
		if (!this.actual.uncommitted().isEmpty()) {
			failWithMessage("%s", "%nExpected all offsets to be committed, but %s%s"
				.formatted(this.actual.uncommitted(), this.actual.deadLetters().story().tell()));
		}
		return this;
	}

	/**
	 * Verify how far a partition is committed.
	 * @param record the last record of its partition that is committed; whether a marker
	 * of a transaction behind it is committed too does not matter
	 * @return this
	 */
	public SubscriberAssert committedUpTo(StreamRecord record) {
		TopicPartition partition = new TopicPartition(record.topic(), record.partition());
		Long committed = this.actual.committed().get(partition);
		if (committed == null || committed <= record.offset() || committed > this.actual.next(record)) {
			failWithMessage("%s",
					"%nExpected %s to be committed by %s up to offset %d, but it is up to %s%s".formatted(partition,
							this.actual.id(), record.offset() + 1, committed,
							this.actual.deadLetters().story().tell()));
		}
		return this;
	}

	/**
	 * Verify that there is a dead letter.
	 * @return assertions about it
	 */
	public RecordAssert deadLettered() {
		return new TopicAssert(this.actual.deadLetters()).hasRecord();
	}

	/**
	 * Verify that there is no dead letter.
	 * @return this
	 */
	public SubscriberAssert hasNoDeadLetters() {
		new TopicAssert(this.actual.deadLetters()).isEmpty();
		return this;
	}

	private void fail(String expected) {
		// The text is no format: it has what was published in it.
		failWithMessage("%s", "%nExpected %s, but there were %s%s".formatted(expected, calls(),
				this.actual.deadLetters().story().tell()));
	}

	private String calls() {
		if (this.actual.calls().isEmpty()) {
			return "none";
		}
		StringBuilder text = new StringBuilder().append(this.actual.calls().size()).append(':');
		this.actual.calls()
			.forEach((call) -> text.append("%n  ".formatted())
				.append(TestStory.of(call.records(), call.arguments(), call.result(), call.failure())));
		return text.toString();
	}

}
