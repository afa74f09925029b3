package dev.millrace.test.autoconfigure;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.core.env.MapPropertySource;
import org.springframework.test.context.ContextConfigurationAttributes;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.ContextCustomizerFactory;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.util.ClassUtils;

/**
 * Settings of applications under test, where they don't say anything else.
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
		return (backend != null) ? new Defaults(backend) : null;
	}

	/**
	 * Return what a test runs on.
	 * @param testClass the test
	 * @return the backend, or {@code null} when it has no kit
	 */
	static @Nullable Backend backend(Class<?> testClass) {
		MergedAnnotation<AutoConfigureStreamTest> kit = MergedAnnotations.from(testClass, SearchStrategy.TYPE_HIERARCHY)
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
	 * The settings. Offsets are committed at once, because tests wait for them.
	 *
	 * @param backend what the test runs on
	 */
	private record Defaults(Backend backend) implements ContextCustomizer {

		@Override
		public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration mergedConfig) {
			context.getEnvironment()
				.getPropertySources()
				.addLast(new MapPropertySource("streamTest",
						Map.of("spring.application.name", "test", "millrace.subscriber.commit-interval", "1ms",
								"millrace.embedded-broker.enabled", this.backend == Backend.EMBEDDED,
								"millrace.embedded-broker.port", 0)));
		}

	}

}
