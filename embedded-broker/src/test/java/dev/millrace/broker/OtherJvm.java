package dev.millrace.broker;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Starts JVMs with the tests' class path.
 */
final class OtherJvm {

	private OtherJvm() {
	}

	static Process start(Class<?> main, String... arguments) throws IOException {
		return new ProcessBuilder(
				Stream.concat(Stream.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
						System.getProperty("java.class.path"), main.getName()), Stream.of(arguments))
					.toList())
			.start();
	}

}
