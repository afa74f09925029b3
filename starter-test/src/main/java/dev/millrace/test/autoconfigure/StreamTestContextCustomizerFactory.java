package dev.millrace.test.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.TestContextAnnotationUtils;
import org.springframework.util.ClassUtils;

/**
 * Settings of applications under test.
 */
final class StreamTestContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		Backend backend = backend(testClass);
		if (backend == Backend.EMBEDDED) {
			require(backend, "dev.millrace.broker.EmbeddedBroker", "dev.millrace:millrace-embedded-broker");
		}
		if (backend == Backend.TESTCONTAINERS) {
			require(backend, "org.testcontainers.kafka.KafkaContainer", "org.testcontainers:testcontainers-kafka");
		}
		return (backend != null) ? new Settings(backend) : null;
	}

	/**
	 * Return what a test runs on.
	 * @param testClass the test
	 * @return the backend, or {@code null} when it has no kit
	 */
	static @Nullable Backend backend(Class<?> testClass) {
		MergedAnnotation<AutoConfigureStreamTest> kit = MergedAnnotations.search(SearchStrategy.TYPE_HIERARCHY)
			.withEnclosingClasses(TestContextAnnotationUtils::searchEnclosingClass)
			.from(testClass)
			.get(AutoConfigureStreamTest.class);
		return kit.isPresent() ? kit.getEnum("backend", Backend.class) : null;
	}

	private static void require(Backend backend, String className, String artifact) {
		if (!ClassUtils.isPresent(className, StreamTestContextCustomizerFactory.class.getClassLoader())) {
			throw new IllegalStateException("Tests with backend = %s need %s, which is not on their class path. Add it"
				.formatted(backend, artifact) + " with scope test, or choose another backend.");
		}
	}

	/**
	 * The settings: defaults, and what decides about the broker that the test wants,
	 * whatever the application says. Offsets are committed at once, because tests wait
	 * for them.
	 *
	 * @param backend what the test runs on
	 */
	private record Settings(Backend backend) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
			MutablePropertySources sources = context.getEnvironment().getPropertySources();
			sources.addLast(new MapPropertySource("streamTest", Map.of("spring.application.name", "test",
					"millrace.subscriber.commit-interval", "1ms", "millrace.embedded-broker.enabled", false)));
			if (this.backend == Backend.EMBEDDED) {
				sources.addFirst(new MapPropertySource("streamTestBroker", Map.of("millrace.embedded-broker.enabled",
						true, "millrace.embedded-broker.port", 0, "millrace.embedded-broker.data-directory", "")));
			}
		}

	}

}
