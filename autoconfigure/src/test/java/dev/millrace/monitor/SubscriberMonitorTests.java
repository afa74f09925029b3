package dev.millrace.monitor;

import java.util.concurrent.atomic.AtomicBoolean;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SubscriberMonitor}.
 */
class SubscriberMonitorTests {

	private final SubscriberMonitor monitor = new SubscriberMonitor();

	private final AtomicBoolean over = new AtomicBoolean();

	@Test
	void deadLetterThatIsWrittenHidesNoneThatIsNot() {
		fail("in-0@1", "first");

		this.monitor.deadLettered("in-0@2");
		assertThat(this.monitor.deadLetterProblem()).hasMessage("first");
		fail("in-0@1", "second");
		assertThat(this.monitor.deadLetterProblem()).hasMessage("second");
		this.monitor.deadLettered("in-0@1");
		assertThat(this.monitor.deadLetterProblem()).isNull();
	}

	@Test
	void deadLetterThatIsNotTriedAnyMoreIsNoProblem() {
		fail("in-0@1", "first");

		this.over.set(true);
		assertThat(this.monitor.deadLetterProblem()).isNull();
		this.over.set(false);
		assertThat(this.monitor.deadLetterProblem()).as("it was forgotten").isNull();
		assertThat(this.monitor.countOf(Outcome.DEAD_LETTER_FAILED)).isEqualTo(1);
	}

	private void fail(String record, String problem) {
		this.monitor.deadLetterFailed(record, new IllegalStateException(problem), this.over::get);
	}

}
