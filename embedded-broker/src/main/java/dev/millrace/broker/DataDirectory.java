package dev.millrace.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * Directory of one running broker, locked against every other broker until closed.
 *
 * Kafka's own lock is not enough: a combined node takes it only after its controller has
 * opened, and possibly changed, the metadata log.
 */
final class DataDirectory implements AutoCloseable {

	private static final String LOCK_FILE = ".millrace.lock";

	/**
	 * Those of this JVM. Their lock files must not even be opened again: a process that
	 * closes a file loses all its locks of it.
	 */
	private static final Set<Path> open = ConcurrentHashMap.newKeySet();

	private final Path path;

	private final boolean temporary;

	private final FileChannel lockFile;

	private DataDirectory(Path path, boolean temporary, FileChannel lockFile) {
		this.path = path;
		this.temporary = temporary;
		this.lockFile = lockFile;
	}

	static DataDirectory open(@Nullable Path directory) {
		Path path = (directory != null) ? create(directory.toAbsolutePath().normalize()) : createTemporary();
		return new DataDirectory(path, directory == null, lock(path));
	}

	static Path createTemporary() {
		try {
			return TemporaryDirectory.create();
		}
		catch (IOException ex) {
			throw notWritable(Path.of(System.getProperty("java.io.tmpdir")), ex);
		}
	}

	Path path() {
		return this.path;
	}

	@Override
	public void close() throws IOException {
		this.lockFile.close();
		open.remove(this.path);
		if (this.temporary) {
			TemporaryDirectory.delete(this.path);
		}
	}

	@Override
	public String toString() {
		return this.temporary ? this.path + ", deleted on stop" : this.path.toString();
	}

	private static Path create(Path path) {
		try {
			return Files.createDirectories(path);
		}
		catch (IOException ex) {
			throw notWritable(path, ex);
		}
	}

	private static FileChannel lock(Path path) {
		FileChannel lock = null;
		if (open.add(path)) {
			try {
				lock = tryLock(path);
			}
			finally {
				if (lock == null) {
					open.remove(path);
				}
			}
		}
		if (lock == null) {
			throw new BrokerStartException(BrokerStartException.Reason.DIRECTORY_IN_USE,
					"The data directory '%s' is in use by another broker".formatted(path), null);
		}
		return lock;
	}

	private static @Nullable FileChannel tryLock(Path path) {
		try {
			FileChannel channel = FileChannel.open(path.resolve(LOCK_FILE), StandardOpenOption.CREATE,
					StandardOpenOption.WRITE);
			if (channel.tryLock() != null) {
				return channel;
			}
			channel.close();
			return null;
		}
		catch (OverlappingFileLockException ex) {
			// Held by a broker of this JVM whose classes another loader has loaded
			return null;
		}
		catch (IOException ex) {
			throw notWritable(path, ex);
		}
	}

	private static BrokerStartException notWritable(Path path, IOException cause) {
		return new BrokerStartException(BrokerStartException.Reason.DIRECTORY_NOT_WRITABLE,
				"The data directory '%s' can not be created or written".formatted(path), cause);
	}

}
