package dev.millrace.broker;

import org.apache.kafka.common.utils.Exit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class ExitGuardTests {

	@Test
	void turnsExitIntoALoggedError(CapturedOutput output) {
		ExitGuard.install();

		Exit.exit(3, "disk full");

		assertThat(output).contains("ERROR", "asked to end this process with status 3", "disk full");
	}

	@Test
	void turnsHaltIntoALoggedError(CapturedOutput output) {
		ExitGuard.install();

		Exit.halt(1);

		assertThat(output).contains("ERROR", "asked to end this process with status 1", "Fatal fault in the broker");
	}

}
