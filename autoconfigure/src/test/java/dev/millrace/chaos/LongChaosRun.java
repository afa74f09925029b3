package dev.millrace.chaos;

import java.nio.file.Path;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@link ChaosIntegrationTests} for longer, and with other disturbances each time. Only
 * the profile {@code chaos} runs it.
 */
@Timeout(7200)
class LongChaosRun {

	@Test
	void guaranteesHoldForLong() {
		Plan plan = Plan.withDefaults(System.nanoTime(), 1_000_000, Duration.ofMinutes(10), 20);
		Verdict verdict = new ChaosRun(plan).run(Path.of("target", "chaos"));
		assertThat(verdict.violations()).as("violations with -Dchaos.seed=%d", plan.seed()).isEmpty();
	}

}
