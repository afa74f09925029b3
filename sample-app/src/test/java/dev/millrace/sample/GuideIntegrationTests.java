package dev.millrace.sample;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class GuideIntegrationTests {

	@Test
	void isPrintedAfterTheStart(CapturedOutput output) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(SampleApplication.class)
			.run("--server.port=0", "--millrace.embedded-broker.port=0")) {
			assertThat(context.isRunning()).isTrue();
		}

		assertThat(output.getOut()).containsSubsequence("Started ", "Millrace sample: HTTP on", "curl localhost:",
				"kcat -b localhost:", "This text: curl localhost:");
	}

}
