package dev.millrace.handler;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.millrace.StreamConfigurationException;
import dev.millrace.codec.TestRecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link HandlerMethodFactory} with classes compiled without
 * {@code -parameters}.
 */
class MissingParameterNamesTests {

	@TempDir
	private Path directory;

	@Test
	void fieldsOfUnknownNameFailAtStart() throws Exception {
		Object handler = compile("void handle(String user, int userId) { }");

		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> TestHandler.of(handler).create())
			.satisfies((ex) -> {
				assertThat(ex.description()).isEqualTo("The parameter 1 (java.lang.String) of "
						+ "Handler.handle(String, int) of bean 'orders' takes a field of the body, "
						+ "but its name is not known.");
				assertThat(ex.action()).contains("-parameters").contains("@JsonProperty");
			});
	}

	@Test
	void headerOfUnknownNameFailsAtStart() throws Exception {
		Object handler = compile("void handle(@org.springframework.messaging.handler.annotation.Header String a) { }");

		assertThatExceptionOfType(StreamConfigurationException.class).isThrownBy(() -> TestHandler.of(handler).create())
			.satisfies((ex) -> assertThat(ex.description()).contains("takes a header without a name"));
	}

	@Test
	void jsonPropertyReplacesTheName() throws Exception {
		String property = "@com.fasterxml.jackson.annotation.JsonProperty";
		Object handler = compile("String handle(%s(\"user\") String a, %s(\"user_id\") int b) { return a + b; }"
			.formatted(property, property));

		assertThat(TestHandler.of(handler).handle(TestRecord.json("{\"user\":\"John\",\"user_id\":1}")))
			.isEqualTo("John1");
	}

	@Test
	void wholeBodyNeedsNoName() throws Exception {
		Object handler = compile("String handle(String body) { return body; }");

		assertThat(TestHandler.of(handler).handle(TestRecord.text("x"))).isEqualTo("x");
	}

	private Object compile(String method) throws Exception {
		Path source = Files.writeString(this.directory.resolve("Handler.java"), "class Handler { " + method + " }");
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		int result = compiler.run(null, null, null, "-proc:none", "-cp", System.getProperty("java.class.path"), "-d",
				this.directory.toString(), source.toString());
		assertThat(result).isZero();
		URL[] path = { this.directory.toUri().toURL() };
		try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
			var constructor = loader.loadClass("Handler").getDeclaredConstructor();
			constructor.setAccessible(true);
			return constructor.newInstance();
		}
	}

}
