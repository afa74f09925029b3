package dev.millrace.benchmarks.application;

import java.util.Map;
import java.util.function.Supplier;

import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Usage;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Starts the Spring Boot applications under measurement, all with the same settings.
 */
final class Applications {

	private Applications() {
	}

	/**
	 * Run an application that counts its records until it is told to end.
	 * @param arguments properties, the workload among them
	 * @param source the application
	 */
	static void runUntilEnd(String[] arguments, Class<?> source) {
		Usage usage = new Usage(Workload.of(new Arguments(arguments)));
		try (ConfigurableApplicationContext context = run(arguments, Usage.class, () -> usage, source)) {
			usage.reportAtEnd();
		}
	}

	static <T> ConfigurableApplicationContext run(String[] arguments, Class<T> type, Supplier<T> bean,
			Class<?> source) {
		return builder(source).initializers((context) -> ((GenericApplicationContext) context).registerBean(type, bean))
			.run(arguments);
	}

	static SpringApplicationBuilder builder(Class<?>... sources) {
		return new SpringApplicationBuilder(sources).bannerMode(Banner.Mode.OFF)
			.properties(Map.of("spring.application.name", "benchmark", "spring.kafka.consumer.auto-offset-reset",
					"earliest"));
	}

}
