package dev.millrace.broker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Directories for data that nobody keeps. The JVM that makes one owns it and deletes it.
 * If it ends before that, because it was killed or has never closed its broker, the next
 * JVM that makes one does: a broker may have hundreds of megabytes.
 */
final class TemporaryDirectory {

	static final String PREFIX = "millrace-broker-";

	/** Locked by its owner: the operating system gives it free, however the JVM ends. */
	static final String OWNER_FILE = ".millrace.owner";

	/** Of a younger one the owner may be about to lock, or to delete it. */
	static final Duration YOUNG = Duration.ofMinutes(1);

	private static final Logger logger = LoggerFactory.getLogger(TemporaryDirectory.class);

	private static final Map<Path, FileChannel> owned = new ConcurrentHashMap<>();

	private TemporaryDirectory() {
	}

	static Path create() throws IOException {
		Path directory = Files.createTempDirectory(PREFIX);
		FileChannel owner = FileChannel.open(directory.resolve(OWNER_FILE), StandardOpenOption.CREATE_NEW,
				StandardOpenOption.WRITE);
		owner.lock();
		owned.put(directory, owner);
		deleteAbandoned(directory.resolveSibling(""));
		return directory;
	}

	static void delete(Path directory) throws IOException {
		FileChannel owner = owned.remove(directory);
		if (owner != null && Files.exists(directory)) {
			Files.setLastModifiedTime(directory, FileTime.from(Instant.now()));
			owner.close();
		}
		deleteTree(directory);
	}

	private static void deleteAbandoned(Path parent) {
		try (DirectoryStream<Path> directories = Files.newDirectoryStream(parent, PREFIX + "*")) {
			directories.forEach(TemporaryDirectory::deleteIfAbandoned);
		}
		catch (IOException | DirectoryIteratorException ex) {
			logger.debug("Could not look for what others have left in '{}'", parent, ex);
		}
	}

	private static void deleteIfAbandoned(Path directory) {
		try {
			if (isAbandoned(directory)) {
				deleteTree(directory);
			}
		}
		catch (IOException | UncheckedIOException | OverlappingFileLockException ex) {
			// Another JVM may be faster, or it is another user's, or of another loader of
			// this class.
			logger.debug("Could not delete '{}', which somebody has left", directory, ex);
		}
	}

	// One of our own must not even be opened: a process that closes a file loses all its
	// locks of it.
	private static boolean isAbandoned(Path directory) throws IOException {
		Instant youngSince = Instant.now().minus(YOUNG);
		if (owned.containsKey(directory) || Files.getLastModifiedTime(directory).toInstant().isAfter(youngSince)) {
			return false;
		}
		try (FileChannel owner = FileChannel.open(directory.resolve(OWNER_FILE), StandardOpenOption.WRITE)) {
			return owner.tryLock() != null;
		}
	}

	private static void deleteTree(Path directory) throws IOException {
		if (!Files.exists(directory)) {
			return;
		}
		List<Path> paths;
		try (Stream<Path> tree = Files.walk(directory)) {
			paths = tree.sorted(Comparator.reverseOrder()).toList();
		}
		for (Path path : paths) {
			Files.deleteIfExists(path);
		}
	}

}
