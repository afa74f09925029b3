package dev.millrace.broker.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.core.KafkaTemplate;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class BrokerLoggingIntegrationTests {

	@Test
	void brokerIsQuietButForTheLineThatSaysWhereItListens(CapturedOutput output) {
		try (ConfigurableApplicationContext context = start()) {
			context.getBean(KafkaTemplate.class);
		}

		List<String> lines = output.getAll().lines().filter((line) -> line.contains("afka")).toList();
		assertThat(lines).hasSizeLessThan(10)
			.anyMatch((line) -> line.contains("Embedded Kafka broker listening on localhost:"));
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
