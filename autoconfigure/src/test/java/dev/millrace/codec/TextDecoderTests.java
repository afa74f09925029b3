package dev.millrace.codec;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TextDecoder}.
 */
class TextDecoderTests {

	@Test
	void decodesText() {
		assertThat(TextDecoder.decode("größer 😀".getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
			.isEqualTo("größer 😀");
		assertThat(TextDecoder.decode(new byte[] { 'g', 'r', (byte) 0xF6 }, StandardCharsets.ISO_8859_1))
			.isEqualTo("grö");
		assertThat(TextDecoder.decode(new byte[0], StandardCharsets.UTF_8)).isEmpty();
	}

	@Test
	void reportsMalformedBytes() {
		assertThat(TextDecoder.decode(new byte[] { 'a', (byte) 0xFF }, StandardCharsets.UTF_8)).isNull();
		assertThat(TextDecoder.decode(new byte[] { (byte) 0xC3 }, StandardCharsets.UTF_8)).isNull();
		assertThat(TextDecoder.decode(new byte[] { (byte) 0x81 }, Charset.forName("windows-1252"))).isNull();
		assertThat(TextDecoder.decode(new byte[] { 1, 2, 3 }, StandardCharsets.UTF_16BE)).isNull();
	}

	@Test
	void keepsTheReplacementCharacterThatTheSenderWrote() {
		assertThat(TextDecoder.decode("a\uFFFDb".getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
			.isEqualTo("a\uFFFDb");
	}

}
