package dev.millrace.sample.registration;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LatestRegistrationsTests {

	private final LatestRegistrations latest = new LatestRegistrations();

	@Test
	void newestIsFirst() {
		this.latest.add("a");
		this.latest.add("b");

		assertThat(this.latest.list()).containsExactly("b", "a");
	}

	@Test
	void oldOnesAreForgotten() {
		IntStream.range(0, 100).forEach((number) -> this.latest.add("user " + number));

		assertThat(this.latest.list()).hasSize(20).startsWith("user 99").endsWith("user 80");
	}

}
