package dev.millrace.autoconfigure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotationAwareOrderComparator;
import org.springframework.core.env.Environment;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.core.io.support.SpringFactoriesLoader.FailureHandler;

/**
 * What Spring Boot reports when an application with a handler does not start.
 */
final class StartupFailure {

	private StartupFailure() {
	}

	/**
	 * Start an application that must fail, with a broker that nobody asks.
	 * @param handler the handler or a configuration
	 * @param properties the properties, each as {@code name=value}
	 * @return the report
	 */
	static FailureAnalysis of(Class<?> handler, String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.application.name=test", "spring.main.banner-mode=off",
				"spring.kafka.bootstrap-servers=localhost:1", "millrace.topics.timeout=1s", "logging.level.root=off"));
		all.addAll(List.of(properties));
		SpringApplicationBuilder application = new SpringApplicationBuilder(Imports.class, handler)
			.web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new));
		try (ConfigurableApplicationContext context = application.run()) {
			throw new AssertionError("The application has started");
		}
		catch (RuntimeException ex) {
			return analyze(ex);
		}
		finally {
			// Off only here: the tests that follow may look at what is logged.
			LoggingSystem.get(StartupFailure.class.getClassLoader()).setLogLevel(null, LogLevel.WARN);
		}
	}

	// As SpringApplication does it, the first that knows the failure, with the class path
	// in an order that puts ours last.
	private static FailureAnalysis analyze(Throwable failure) {
		ArgumentResolver arguments = ArgumentResolver.of(BeanFactory.class, new DefaultListableBeanFactory())
			.and(Environment.class, new StandardEnvironment());
		List<FailureAnalyzer> analyzers = SpringFactoriesLoader.forDefaultResourceLocation()
			.load(FailureAnalyzer.class, arguments, FailureHandler.logging(LogFactory.getLog(StartupFailure.class)));
		analyzers.sort(Comparator.comparing((analyzer) -> analyzer instanceof StreamConfigurationFailureAnalyzer));
		AnnotationAwareOrderComparator.sort(analyzers);
		return analyzers.stream()
			.map((analyzer) -> analyzer.analyze(failure))
			.filter(Objects::nonNull)
			.findFirst()
			.orElseThrow(() -> new AssertionError("No report", failure));
	}

	@ImportAutoConfiguration({ PropertyPlaceholderAutoConfiguration.class, KafkaAutoConfiguration.class,
			JacksonAutoConfiguration.class, ValidationAutoConfiguration.class, MillraceAutoConfiguration.class })
	static class Imports {

	}

}
