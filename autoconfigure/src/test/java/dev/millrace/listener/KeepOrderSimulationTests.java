package dev.millrace.listener;

import java.util.stream.LongStream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Order of each key over a retry topic, whatever happens.
 */
class KeepOrderSimulationTests {

	private static final LoggingSystem LOGGING = LoggingSystem.get(KeepOrderSimulationTests.class.getClassLoader());

	private static final String NOISY = "dev.millrace.failure.TopicRetry";

	@BeforeAll
	static void silence() {
		LOGGING.setLogLevel(NOISY, LogLevel.OFF);
	}

	@AfterAll
	static void unsilence() {
		LOGGING.setLogLevel(NOISY, null);
	}

	@Test
	void noneOvertakesAndNoneRunsBesideAnotherOfItsKey() {
		LongStream.range(0, 2000).forEach((seed) -> {
			KeepOrderSimulation simulation = new KeepOrderSimulation(seed);
			boolean done = simulation.run();
			assertThat(simulation.violations).as("seed %d", seed).isEmpty();
			assertThat(done).as("seed %d comes to an end", seed).isTrue();
		});
	}

}
