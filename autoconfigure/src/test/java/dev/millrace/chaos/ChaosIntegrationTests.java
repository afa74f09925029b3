package dev.millrace.chaos;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Processes of applications and brokers die, stand still, come and go, and the guarantees
 * hold. Always the same disturbances, unless a seed is given.
 */
@Timeout(300)
class ChaosIntegrationTests {

	@Test
	@DisabledOnOs(value = OS.WINDOWS, disabledReason = "There is no signal that makes a process stand still")
	void guaranteesHoldWhateverHappensToTheProcesses() {
		Plan plan = Plan.withDefaults(18, 30_000, Duration.ofSeconds(20), 2);
		Verdict verdict = new ChaosRun(plan).run(Path.of("target", "chaos"));
		assertThat(verdict.violations()).as("violations with -Dchaos.seed=%d", plan.seed()).isEmpty();
	}

}
