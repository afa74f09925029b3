package dev.millrace.test.fault;

import java.util.List;

import org.junit.jupiter.api.Test;

import dev.millrace.StreamRecord;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link HandlerGate}.
 */
class HandlerGateTests {

	private final HandlerGate gate = new HandlerGate();

	@Test
	void callsAreCounted() throws Exception {
		this.gate.limit(2);
		call(() -> assertThat(this.gate.left()).isEqualTo(2));

		assertThat(this.gate.left()).isEqualTo(1);
	}

	@Test
	void callsThatHaveBegunBeforeAreNotCounted() throws Exception {
		call(() -> this.gate.limit(2));

		assertThat(this.gate.left()).isEqualTo(2);
	}

	private void call(Runnable handler) throws Exception {
		this.gate.intercept(List.<StreamRecord>of(), () -> {
			handler.run();
			return null;
		});
	}

}
