package dev.millrace.test.guide;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that the page about testing shows is that of {@link RegistrationsTests}.
 */
class TestingGuideTests {

	private static final Path MODULE = Path.of("").toAbsolutePath();

	private static final Pattern BLOCK = Pattern.compile("```java\\n(.*?)```", Pattern.DOTALL);

	@Test
	void codeIsThatOfATest() throws IOException {
		String page = Files.readString(MODULE.getParent().resolve("docs/testing.md"));
		String source = Files
			.readString(MODULE.resolve("src/test/java/dev/millrace/test/guide/RegistrationsTests.java"));
		List<String> blocks = BLOCK.matcher(page).results().map((block) -> block.group(1)).toList();

		assertThat(blocks).isNotEmpty().allSatisfy((block) -> assertThat(source).contains(block.stripTrailing()));
	}

}
