package dev.millrace.asyncapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AsyncApiDocument}.
 */
class AsyncApiDocumentTests {

	private static final Path EXPECTED = Path.of("src/test/resources/asyncapi/rich.json");

	@Test
	void isTheSameAtEachStartAndAsItIsCommitted() throws IOException {
		AsyncApiDocument document = RichDocument.rich();
		document.writeTo(Path.of("target/asyncapi/rich.json"));

		assertThat(RichDocument.rich().toJson()).isEqualTo(document.toJson());
		assertThat(document.toJson()).isEqualTo(Files.readString(EXPECTED));
	}

}
