package dev.millrace.sample;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import dev.millrace.asyncapi.AsyncApiDocument;
import dev.millrace.asyncapi.AsyncApiDocuments;
import dev.millrace.test.autoconfigure.AutoConfigureStreamTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The AsyncAPI document as the build writes and compares it, without a broker.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "sample.metrics.interval=1h")
@AutoConfigureStreamTest
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
