package dev.millrace.test;

import java.util.Arrays;
import java.util.List;

import org.assertj.core.api.AbstractAssert;
import org.jspecify.annotations.Nullable;

/**
 * Assertions about what a subscriber has done during the test.
 */
public final class SubscriberAssert extends AbstractAssert<SubscriberAssert, SubscriberView> {

	SubscriberAssert(SubscriberView actual) {
		super(actual, SubscriberAssert.class);
	}

	/**
	 * Verify that a handler was called.
	 * @param arguments what it was called with, all of it and in its order
	 * @return this
	 */
	public SubscriberAssert wasCalledWith(@Nullable Object... arguments) {
		List<@Nullable Object> expected = Arrays.asList(arguments);
		if (this.actual.calls().stream().noneMatch((call) -> call.arguments().equals(expected))) {
			failWithMessage("%nExpected a call of %s with %s, but there were %s", this.actual.id(), expected, calls());
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
			failWithMessage("%nExpected %d calls of %s, but there were %s", times, this.actual.id(), calls());
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
	 * Verify that everything is committed that was published to what it reads.
	 * @return this
	 */
	public SubscriberAssert committed() {
		if (!this.actual.uncommitted().isEmpty()) {
			failWithMessage("%nExpected all offsets to be committed, but %s", this.actual.uncommitted());
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

	private String calls() {
		if (this.actual.calls().isEmpty()) {
			return "none";
		}
		StringBuilder text = new StringBuilder().append(this.actual.calls().size()).append(':');
		this.actual.calls()
			.forEach((call) -> text.append("%n  %s -> %s".formatted(call.arguments(),
					(call.failure() != null) ? call.failure() : call.result())));
		return text.toString();
	}

}
