package dev.millrace.config;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import dev.millrace.StreamConfigurationException;
import dev.millrace.annotation.StreamAdvice;
import dev.millrace.annotation.StreamExceptionHandler;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.ExceptionHandlerEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ExceptionHandlerReader}.
 */
class ExceptionHandlerReaderTests {

	private final TestReader reader = new TestReader();

	@Test
	void ownMethodsComeBeforeThoseOfAdvices() {
		this.reader.singleton("advice", new Advice());

		assertThat(this.reader.readBean(new Own()).get(0).handlers().get(0).exceptionHandlers())
			.extracting((methods) -> methods.stream().map(ExceptionHandlerEndpoint::types).toList().toString())
			.containsExactly("[[class java.io.IOException]]",
					"[[class java.lang.IllegalStateException, class java.lang.ArithmeticException]]");
	}

	@Test
	void methodWithoutAnExceptionIsRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new Nameless()))
			.withMessageContaining("Nameless.failed(String) of bean 'orders' has @StreamExceptionHandler but names no");
	}

	@Test
	void parameterThatCantTakeTheExceptionIsRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new Mismatched()))
			.withMessageContaining("Mismatched.failed(IllegalStateException) of bean 'orders' handles")
			.withMessageContaining("but takes a java.lang.IllegalStateException");
	}

	@Test
	void twoMethodsForOneExceptionAreRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new Ambiguous()))
			.withMessageContaining("both handle java.io.IOException");
	}

	@Test
	void methodsThatNobodyCallsAreRefused() {
		assertThatExceptionOfType(StreamConfigurationException.class)
			.isThrownBy(() -> this.reader.readBean(new Lonely()))
			.withMessageContaining("Lonely.failed(IOException) of bean 'orders' has @StreamExceptionHandler, but its");
	}

	static class Own {

		@StreamSubscriber("in")
		void handle(String text) {
		}

		@StreamExceptionHandler
		void failed(IOException ex) {
		}

	}

	@StreamAdvice
	static class Advice {

		@StreamExceptionHandler({ IllegalStateException.class, ArithmeticException.class })
		void failed(Throwable ex) {
		}

	}

	static class Nameless {

		@StreamSubscriber("in")
		void handle(String text) {
		}

		@StreamExceptionHandler
		void failed(String text) {
		}

	}

	static class Mismatched {

		@StreamSubscriber("in")
		void handle(String text) {
		}

		@StreamExceptionHandler(RuntimeException.class)
		void failed(IllegalStateException ex) {
		}

	}

	static class Ambiguous {

		@StreamSubscriber("in")
		void handle(String text) {
		}

		@StreamExceptionHandler
		void failed(IOException ex) {
		}

		@StreamExceptionHandler(IOException.class)
		void failedToo(Exception ex) {
		}

	}

	static class Lonely {

		@StreamExceptionHandler
		void failed(IOException ex) {
		}

	}

}
