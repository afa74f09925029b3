package dev.millrace.endpoint;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

import dev.millrace.DecodingException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link FailureTypes}.
 */
class FailureTypesTests {

	private static final List<Class<? extends Throwable>> FATAL_BY_DEFAULT = List.of(DecodingException.class);

	@Test
	void everythingIsWorthAnotherAttemptButWhatIsFatalByDefault() {
		FailureTypes types = new FailureTypes(List.of(), List.of(), FATAL_BY_DEFAULT);

		assertThat(types.isRetryable(new IllegalStateException())).isTrue();
		assertThat(types.isRetryable(new StackOverflowError())).isTrue();
		assertThat(types.isRetryable(new DecodingException("x", null))).isFalse();
		assertThat(types.isRetryable(new IllegalStateException(new DecodingException("x", null)))).isFalse();
	}

	@Test
	void onlyWhatIsNamedIsWorthAnotherAttempt() {
		FailureTypes types = new FailureTypes(List.of(IOException.class, DecodingException.class), List.of(),
				FATAL_BY_DEFAULT);

		assertThat(types.isRetryable(new UncheckedIOException(new FileNotFoundException()))).isTrue();
		assertThat(types.isRetryable(new DecodingException("x", null))).isTrue();
		assertThat(types.isRetryable(new TimeoutException())).isFalse();
	}

	@Test
	void outermostExceptionThatIsNamedDecides() {
		FailureTypes types = new FailureTypes(List.of(IOException.class), List.of(FileNotFoundException.class),
				FATAL_BY_DEFAULT);

		assertThat(types.isRetryable(new IOException(new FileNotFoundException()))).isTrue();
		assertThat(types.isRetryable(new FileNotFoundException())).isFalse();
	}

	@Test
	void causesThatGoInCirclesComeToAnEnd() {
		Exception first = new IllegalStateException();
		Exception second = new IllegalArgumentException(first);
		first.initCause(second);

		assertThat(new FailureTypes(List.of(), List.of(), FATAL_BY_DEFAULT).isRetryable(first)).isTrue();
	}

}
