package dev.millrace.test.autoconfigure;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import dev.millrace.test.StreamTestKit;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the kit has on a real broker ends with the context.
 */
class EndOfTheBenchIntegrationTests {

	@Test
	void noProducerOutlivesItsContext() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.application.name=test", "spring.main.banner-mode=off", "spring.kafka.client-id=ending",
					"millrace.test.backend=EMBEDDED", "millrace.embedded-broker.enabled=true",
					"millrace.embedded-broker.port=0")
			.run()) {
			context.getBean(StreamTestKit.class).send("topic", "body");

			assertThat(producers()).isNotEmpty();
		}
		assertThat(producers()).isEmpty();
	}

	private static List<String> producers() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.map(Thread::getName)
			.filter((name) -> name.startsWith("kafka-producer-network-thread | ending"))
			.toList();
	}

	@EnableAutoConfiguration
	@ImportAutoConfiguration(StreamTestAutoConfiguration.class)
	static class Application {

	}

}
