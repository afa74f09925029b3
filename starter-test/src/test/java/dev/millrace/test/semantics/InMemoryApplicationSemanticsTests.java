package dev.millrace.test.semantics;

import org.junit.jupiter.api.Test;

import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ApplicationSemantics} in memory.
 */
@StreamTest
class InMemoryApplicationSemanticsTests extends ApplicationSemantics {

	@Test
	void recordInATransactionIsTriedAsOftenAsItFailsAndOnceMore() {
		this.kit.publish("flaky", "a");

		assertThat(this.kit.subscriber("flaky")).wasCalled(3).committed().hasNoDeadLetters();
	}

}
