package dev.millrace.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.util.FileSystemUtils;

/**
 * Directory that is kept in memory, where the machine has such a place: a disk that
 * writes back what it has put off makes everybody wait for some tenths of a second.
 */
final class MemoryDirectory implements AutoCloseable {

	private static final Path MEMORY = Path.of("/dev/shm");

	private final Path path;

	MemoryDirectory() {
		try {
			this.path = Files.isWritable(MEMORY) ? Files.createTempDirectory(MEMORY, "broker")
					: Files.createTempDirectory("broker");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Path path() {
		return this.path;
	}

	@Override
	public void close() {
		try {
			FileSystemUtils.deleteRecursively(this.path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
