package dev.millrace.broker.autoconfigure;

import java.util.Map;

import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

class BrokerLoggingEnvironmentPostProcessorTests {

	private final StandardEnvironment environment = new StandardEnvironment();

	@Test
	void quietsTheServerButNotTheClients() {
		postProcess();

		assertThat(this.environment.getProperty("logging.level.kafka")).isEqualTo("WARN");
		assertThat(this.environment.getProperty("logging.level.org.apache.kafka.server")).isEqualTo("WARN");
		assertThat(this.environment.getProperty("logging.level.org.apache.kafka")).isNull();
		assertThat(this.environment.getProperty("logging.level.org.apache.kafka.clients")).isNull();
	}

	@Test
	void levelsOfTheApplicationWinEvenAsDefaultProperties() {
		this.environment.getPropertySources()
			.addLast(new MapPropertySource("defaultProperties", Map.of("logging.level.kafka", "DEBUG")));

		postProcess();

		assertThat(this.environment.getProperty("logging.level.kafka")).isEqualTo("DEBUG");
	}

	private void postProcess() {
		new BrokerLoggingEnvironmentPostProcessor().postProcessEnvironment(this.environment, new SpringApplication());
	}

}
