package dev.millrace.benchmarks;

import java.util.Map;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Starts the Spring Boot applications under measurement, all with the same settings.
 */
final class Applications {

	private Applications() {
	}

	static ConfigurableApplicationContext run(String[] arguments, Class<?>... sources) {
		return run(arguments, (context) -> {
		}, sources);
	}

	static ConfigurableApplicationContext run(String[] arguments,
			ApplicationContextInitializer<GenericApplicationContext> beans, Class<?>... sources) {
		return new SpringApplicationBuilder(sources).bannerMode(Banner.Mode.OFF)
			.initializers(beans)
			.properties(Map.of("spring.application.name", "benchmark", "spring.kafka.consumer.auto-offset-reset",
					"earliest"))
			.run(arguments);
	}

}
