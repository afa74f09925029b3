package dev.millrace.broker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import dev.millrace.broker.BrokerStartException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataDirectoryTests {

	@TempDir
	private Path parent;

	@Test
	void createsTheDirectoryAndItsParentsAndKeepsIt() throws IOException {
		Path path = this.parent.resolve("a/b");

		DataDirectory.open(path).close();

		assertThat(path).isDirectory();
	}

	@Test
	void deletesATemporaryDirectoryWithItsContent() throws IOException {
		DataDirectory directory = DataDirectory.open(null);
		Files.createDirectories(directory.path().resolve("topic"));
		Files.writeString(directory.path().resolve("topic/0.log"), "record");

		directory.close();

		assertThat(directory.path()).doesNotExist();
	}

	@Test
	void isLockedUntilClosed() throws IOException {
		DataDirectory first = DataDirectory.open(this.parent);
		assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> DataDirectory.open(this.parent))
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.DIRECTORY_IN_USE));

		first.close();

		DataDirectory second = DataDirectory.open(this.parent);
		assertThat(second.path()).isEqualTo(this.parent);
		second.close();
	}

	@Test
	void isLockedAgainstOtherProcessesAlsoAfterASecondBrokerOfThisOneHasAskedForIt() throws Exception {
		DataDirectory first = DataDirectory.open(this.parent);
		assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> DataDirectory.open(this.parent));

		assertThat(reasonInAnotherJvm()).isEqualTo(Reason.DIRECTORY_IN_USE.name());

		first.close();
		assertThat(reasonInAnotherJvm()).isEqualTo(DirectoryOpener.OPENED);
	}

	@Test
	void refusesAFile() throws IOException {
		Path file = Files.createFile(this.parent.resolve("file"));

		assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> DataDirectory.open(file))
			.withMessageContaining(file.toString())
			.satisfies((ex) -> assertThat(ex.reason()).isEqualTo(Reason.DIRECTORY_NOT_WRITABLE));
	}

	private String reasonInAnotherJvm() throws Exception {
		Process other = OtherJvm.start(DirectoryOpener.class, this.parent.toString());
		String reason = other.inputReader().readLine();
		other.waitFor();
		return reason;
	}

}
