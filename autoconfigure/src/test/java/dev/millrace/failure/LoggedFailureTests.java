package dev.millrace.failure;

import java.io.PrintWriter;
import java.io.StringWriter;

import org.junit.jupiter.api.Test;

import dev.millrace.DecodingException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link LoggedFailure}.
 */
class LoggedFailureTests {

	private static final DecodingException DECODING = new DecodingException("Can't read the body of in-0@1",
			new IllegalArgumentException("secret"));

	@Test
	void exceptionsOfHandlersAreLoggedAsTheyAre() {
		IllegalStateException failure = new IllegalStateException("mine", new IllegalArgumentException("too"));
		assertThat(LoggedFailure.of(failure)).isSameAs(failure);
	}

	@Test
	void ofADecoderOnlyTheKindIsLeft() {
		assertThat(LoggedFailure.of(DECODING)).hasNoCause();
		assertThat(text(LoggedFailure.of(DECODING)))
			.contains("Can't read the body of in-0@1", "java.lang.IllegalArgumentException", "at dev.millrace")
			.doesNotContain("secret");
	}

	@Test
	void whatIsAroundADecodersExceptionStays() {
		assertThat(text(LoggedFailure.of(new IllegalStateException("outer", DECODING))))
			.contains("outer", "Can't read the body of in-0@1")
			.doesNotContain("secret");
		assertThat(text(LoggedFailure.of(new IllegalStateException(DECODING))))
			.contains("IllegalStateException", "Can't read the body")
			.doesNotContain("secret");
	}

	private static String text(Throwable failure) {
		StringWriter text = new StringWriter();
		failure.printStackTrace(new PrintWriter(text));
		return text.toString();
	}

}
