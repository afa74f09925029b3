package dev.millrace.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link TemporaryDirectory}.
 */
class TemporaryDirectoryTests {

	private final Path first = create();

	@AfterEach
	void delete() throws IOException {
		TemporaryDirectory.delete(this.first);
	}

	@Test
	void whatAJvmHasLeftIsDeletedByTheNext() throws Exception {
		Process owner = otherJvm();
		Path left = Path.of(owner.inputReader().readLine());
		makeOld(left);

		createAndDelete();
		assertThat(left).as("as long as its owner lives").exists();
		owner.destroyForcibly().waitFor();
		makeOld(left);
		createAndDelete();

		assertThat(left).doesNotExist();
	}

	@Test
	void ownDirectoriesStay() throws Exception {
		makeOld(this.first);

		createAndDelete();
		makeOld(this.first);
		Process other = otherJvm();
		assertThat(other.inputReader().readLine()).as("when the other has looked").isNotNull();
		other.destroyForcibly().waitFor();

		assertThat(this.first.resolve(TemporaryDirectory.OWNER_FILE)).exists();
	}

	@Test
	void newDirectoryThatIsNotLockedYetStays() throws IOException {
		Path other = Files.createTempDirectory(TemporaryDirectory.PREFIX);
		Files.createFile(other.resolve(TemporaryDirectory.OWNER_FILE));

		createAndDelete();
		assertThat(other).exists();
		makeOld(other);
		createAndDelete();

		assertThat(other).doesNotExist();
	}

	@Test
	void directoryOfSomebodyElseStays() throws IOException {
		Path other = Files.createTempDirectory(TemporaryDirectory.PREFIX);
		makeOld(other);

		createAndDelete();

		assertThat(other).exists();
		Files.delete(other);
	}

	private static Path create() {
		try {
			return TemporaryDirectory.create();
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static Process otherJvm() throws IOException {
		return OtherJvm.start(DirectoryOwner.class);
	}

	private static void createAndDelete() throws IOException {
		TemporaryDirectory.delete(TemporaryDirectory.create());
	}

	private static void makeOld(Path directory) throws IOException {
		Files.setLastModifiedTime(directory,
				FileTime.from(Instant.now().minus(TemporaryDirectory.YOUNG).minusSeconds(1)));
	}

}
