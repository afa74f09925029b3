package dev.millrace.sample;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.JsonNode;

import dev.millrace.asyncapi.AsyncApiDocuments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The AsyncAPI document of the application.
 */
@SampleTest
class AsyncApiIntegrationTests {

	private static final Path WRITTEN = Path.of("target/asyncapi-broker.json");

	/** Where the tests of the library have installed AsyncAPI's own parser. */
	private static final Path PARSER = Path.of("../autoconfigure/target/asyncapi-parser");

	@Autowired
	private SampleClient client;

	@Autowired
	private AsyncApiDocuments documents;

	@Test
	void isServed() {
		JsonNode document = this.client.getJson("/millrace/asyncapi.json");

		assertThat(document.at("/info/title").asString()).isEqualTo("sample");
		assertThat(document.at("/operations/registrations-handle/reply").isObject()).isTrue();
		assertThat(document.at("/channels").propertyNames()).contains("in-topic", "out-topic", "lines", "words",
				"metrics");
		ResponseEntity<String> yaml = this.client.get("/millrace/asyncapi.yaml");
		assertThat(yaml.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_YAML);
		assertThat(yaml.getBody()).startsWith("asyncapi: 3.0.0\n");
	}

	@Test
	void isValid() throws IOException, InterruptedException {
		assumeTrue(Files.exists(PARSER.resolve("node_modules")), "The parser is not installed");
		this.documents.current().writeTo(WRITTEN);

		Process parser = new ProcessBuilder("node", "validate.mjs", WRITTEN.toAbsolutePath().toString())
			.directory(PARSER.toFile())
			.redirectErrorStream(true)
			.start();

		assertThat(new String(parser.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
			.doesNotContain("error ", "warning ")
			.contains("parsed true");
		assertThat(parser.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(parser.exitValue()).isZero();
	}

}
