package dev.millrace.console.record;

import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PayloadReader}.
 */
class PayloadReaderTests {

	private final PayloadReader reader = new PayloadReader(100);

	@Test
	void nothingIsNothing() {
		assertThat(this.reader.read(null)).isEqualTo(new Payload(Payload.Kind.NONE, null, 0, false));
		assertThat(read("")).isEqualTo(new Payload(Payload.Kind.TEXT, "", 0, false));
	}

	@Test
	void jsonIsIndentedAndItsNumbersAreAsTheyWere() {
		Payload payload = read("{\"a\":12345678901234567890,\"b\":1.10}");

		assertThat(payload.kind()).isEqualTo(Payload.Kind.JSON);
		assertThat(payload.text()).contains("\n").contains("12345678901234567890").contains("1.10");
	}

	@Test
	void whatIsNoJsonIsText() {
		assertThat(read("{\"a\":")).isEqualTo(new Payload(Payload.Kind.TEXT, "{\"a\":", 5, false));
		assertThat(read("{} x").kind()).isEqualTo(Payload.Kind.TEXT);
		assertThat(read("17").kind()).isEqualTo(Payload.Kind.TEXT);
	}

	@Test
	void longTextIsCut() {
		Payload payload = read("ä".repeat(150));

		assertThat(payload.text()).isEqualTo("ä".repeat(100));
		assertThat(payload.size()).isEqualTo(300);
		assertThat(payload.cut()).isTrue();
	}

	@Test
	void bytesAreShownInHexadecimal() {
		Payload payload = this.reader.read(new byte[] { 0, 'a', (byte) 0xff });

		assertThat(payload.kind()).isEqualTo(Payload.Kind.BINARY);
		assertThat(payload.text()).startsWith("00000000  00 61 ff").endsWith("  .a.\n");
		assertThat(this.reader.read(new byte[5000])).satisfies((many) -> {
			assertThat(many.cut()).isTrue();
			assertThat(many.text()).hasLineCount(64);
		});
	}

	private Payload read(String text) {
		return this.reader.read(text.getBytes(StandardCharsets.UTF_8));
	}

}
