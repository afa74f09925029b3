package dev.millrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Java installation that runs applications.
 *
 * @param home its directory
 * @param version its version
 */
record Jdk(Path home, Runtime.Version version) {

	private static final int FIRST_WITH_VIRTUAL_THREADS = 21;

	static Jdk current() {
		return new Jdk(Path.of(System.getProperty("java.home")), Runtime.version());
	}

	/**
	 * Find an installation with virtual threads: the one of {@code JAVA21_HOME}, else one
	 * next to the current one.
	 * @return the installation, if there is one
	 */
	static Optional<Jdk> withVirtualThreads() {
		String configured = System.getenv("JAVA21_HOME");
		if (configured != null) {
			return of(Path.of(configured));
		}
		try (Stream<Path> siblings = Files.list(current().home().toAbsolutePath().getParent())) {
			return siblings.sorted().flatMap((home) -> of(home).stream()).filter(Jdk::hasVirtualThreads).findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Return what runs the applications, unless the name of an arm says otherwise: the
	 * installation with virtual threads if there is one.
	 * @return the installation
	 */
	static Jdk newest() {
		return withVirtualThreads().orElseGet(Jdk::current);
	}

	boolean hasVirtualThreads() {
		return feature() >= FIRST_WITH_VIRTUAL_THREADS;
	}

	int feature() {
		return this.version.feature();
	}

	Path java() {
		return this.home.resolve("bin").resolve("java");
	}

	private static Optional<Jdk> of(Path home) {
		Path release = home.resolve("release");
		if (!Files.isRegularFile(release) || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
			return Optional.empty();
		}
		try (Stream<String> lines = Files.lines(release)) {
			return lines.filter((line) -> line.startsWith("JAVA_VERSION="))
				.map((line) -> Runtime.Version.parse(line.split("\"")[1]))
				.map((version) -> new Jdk(home, version))
				.findFirst();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
