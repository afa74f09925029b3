package dev.millrace.asyncapi;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Tests that AsyncAPI's own parser has no objection to the document. They are skipped
 * where there is no Node, or where the parser can't be installed.
 */
class ParserIntegrationTests {

	private static final Path SOURCE = Path.of("src/test/asyncapi-parser");

	private static final Path PARSER = Path.of("target/asyncapi-parser").toAbsolutePath();

	@BeforeAll
	static void install() throws Exception {
		assumeTrue(run(Path.of(""), "node", "--version").exitCode == 0, "There is no Node");
		assumeTrue(run(Path.of(""), "npm", "--version").exitCode == 0, "There is no npm");
		Files.createDirectories(PARSER);
		for (String name : List.of("package.json", "package-lock.json", "validate.mjs")) {
			Files.write(PARSER.resolve(name), Files.readAllBytes(SOURCE.resolve(name)));
		}
		if (!Files.exists(PARSER.resolve("node_modules/@asyncapi/parser"))) {
			Result installed = run(PARSER, "npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
			assumeTrue(installed.exitCode == 0, () -> "npm could not install the parser: " + installed.output);
		}
	}

	@Test
	void richDocumentIsValid() throws Exception {
		Path file = Path.of("target/asyncapi/parsed.json").toAbsolutePath();
		RichDocument
			.rich("spring.kafka.properties.security.protocol=SASL_SSL",
					"spring.kafka.properties.sasl.mechanism=SCRAM-SHA-512",
					"spring.kafka.properties.schema.registry.url=https://registry.example",
					"spring.kafka.properties.ssl.keystore.location=none", "millrace.asyncapi.id=urn:example:shop",
					"millrace.asyncapi.contact.email=a@b.example", "millrace.asyncapi.license.name=MIT",
					"millrace.asyncapi.tags=one,two", "millrace.asyncapi.external-docs=https://docs.example")
			.writeTo(file);

		assertValid(file);
	}

	@Test
	void yamlIsValid() throws Exception {
		Path file = Path.of("target/asyncapi/parsed.yaml").toAbsolutePath();
		Files.createDirectories(file.getParent());
		Files.writeString(file, RichDocument.rich().toYaml());

		assertValid(file);
	}

	@Test
	void parserSeesWhatIsWrong() throws Exception {
		Path file = Path.of("target/asyncapi/wrong.json").toAbsolutePath();
		Files.createDirectories(file.getParent());
		Files.writeString(file, RichDocument.rich().toJson().replace("\"receive\"", "\"take\""));

		Result result = run(PARSER, "node", "validate.mjs", file.toString());

		assertThat(result.exitCode).isEqualTo(1);
		assertThat(result.output).contains("error operations/billing/action");
	}

	private static void assertValid(Path file) throws Exception {
		Result result = run(PARSER, "node", "validate.mjs", file.toString());

		assertThat(result.output).doesNotContain("error ").doesNotContain("warning ").contains("parsed true");
		assertThat(result.exitCode).isZero();
	}

	private static Result run(Path directory, String... command) throws InterruptedException {
		List<String> all = new ArrayList<>(List.of(command));
		try {
			Process process = new ProcessBuilder(all).directory(directory.toAbsolutePath().toFile())
				.redirectErrorStream(true)
				.start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			boolean ended = process.waitFor(1, TimeUnit.MINUTES);
			return new Result(ended ? process.exitValue() : -1, output);
		}
		catch (IOException ex) {
			return new Result(-1, ex.toString());
		}
	}

	private record Result(int exitCode, String output) {

	}

}
