package dev.millrace.broker.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

@ExtendWith(OutputCaptureExtension.class)
class BrokerOutputIntegrationTests {

	@Test
	void brokerIsQuietButForTheLineThatSaysWhereItListens(CapturedOutput output) {
		start().close();

		assertThat(output.getAll().lines().filter((line) -> line.contains(" INFO ") && line.contains("afka")))
			.singleElement(InstanceOfAssertFactories.STRING)
			.contains("Embedded Kafka broker listening on localhost:");
		assertThat(output).doesNotContain("KafkaConfig values", " ERROR ");
	}

	@Test
	void levelsOfTheApplicationWin(CapturedOutput output) {
		start("--logging.level.kafka=info").close();

		assertThat(output).contains("kafka.server.BrokerServer");
	}

	@Test
	void failureToStartIsExplained(CapturedOutput output, @TempDir Path directory) throws IOException {
		Path file = Files.createFile(directory.resolve("file"));

		assertThatException().isThrownBy(() -> start("--millrace.embedded-broker.data-directory=" + file));

		assertThat(output).contains("APPLICATION FAILED TO START",
				"The data directory '%s' can not be created or written".formatted(file),
				"set 'millrace.embedded-broker.data-directory' to another one");
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(Application.class)
			.properties("millrace.embedded-broker.port=0", "logging.level.root=info")
			.run(arguments);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
