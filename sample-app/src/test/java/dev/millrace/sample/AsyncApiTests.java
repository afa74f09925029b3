package dev.millrace.sample;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

import dev.millrace.asyncapi.AsyncApiDocument;
import dev.millrace.asyncapi.AsyncApiDocuments;
import dev.millrace.test.autoconfigure.StreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The AsyncAPI document as the build writes and compares it, without a broker.
 */
@StreamTest
class AsyncApiTests {

	@Autowired
	private AsyncApiDocuments documents;

	@Test
	void breaksNobody() {
		AsyncApiDocument document = this.documents.current();
		document.writeTo(Path.of("target/asyncapi.json"));

		document.checkCompatibleWith(Path.of("src/test/asyncapi.json"));
		assertThat(document.toJson()).contains("\"registrations-handle\"");
	}

}
