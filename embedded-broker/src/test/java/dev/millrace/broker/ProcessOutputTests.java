package dev.millrace.broker;

import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProcessOutputTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	@Test
	void findsTheAddressOfTheReadyLine() {
		ProcessOutput output = follow("warning\nMILLRACE-BROKER-READY localhost:9092\nmore\n");

		assertThat(output.address()).succeedsWithin(TIMEOUT).isEqualTo("localhost:9092");
	}

	@Test
	void failsWhenTheOutputEndsWithoutAReadyLine() {
		ProcessOutput output = follow("first\nsecond");

		assertThat(output.address()).failsWithin(TIMEOUT);
		assertThat(output.lastLines()).hasLineCount(2).startsWith("first").endsWith("second");
	}

	@Test
	void keepsTheLastLinesOnly() {
		ProcessOutput output = follow(
				IntStream.rangeClosed(1, 1000).mapToObj((line) -> "line " + line).collect(Collectors.joining("\n")));

		assertThat(output.address()).failsWithin(TIMEOUT);
		assertThat(output.lastLines()).hasLineCount(40).startsWith("line 961").endsWith("line 1000");
	}

	private ProcessOutput follow(String text) {
		return ProcessOutput.follow(new ByteArrayInputStream(text.getBytes(Charset.defaultCharset())), "test");
	}

}
