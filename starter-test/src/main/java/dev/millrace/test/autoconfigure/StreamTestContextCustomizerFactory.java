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

/**
 * Settings of applications under test, where they don't say anything else.
 */
final class StreamTestContextCustomizerFactory implements ContextCustomizerFactory {

	@Override
	public @Nullable ContextCustomizer createContextCustomizer(Class<?> testClass,
			List<ContextConfigurationAttributes> configAttributes) {
		MergedAnnotations annotations = MergedAnnotations.from(testClass, SearchStrategy.TYPE_HIERARCHY);
		MergedAnnotation<StreamTest> slice = annotations.get(StreamTest.class);
		if (slice.isPresent()) {
			return new Defaults(slice.getEnum("backend", Backend.class));
		}
		MergedAnnotation<AutoConfigureStreamTest> kit = annotations.get(AutoConfigureStreamTest.class);
		return kit.isPresent() ? new Defaults(kit.getEnum("backend", Backend.class)) : null;
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
