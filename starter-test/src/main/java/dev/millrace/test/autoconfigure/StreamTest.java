package dev.millrace.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.autoconfigure.OverrideAutoConfiguration;
import org.springframework.boot.test.context.filter.annotation.TypeExcludeFilters;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.core.annotation.AliasFor;
import org.springframework.test.context.BootstrapWith;
import org.springframework.test.context.junit.jupiter.SpringExtension;

import dev.millrace.test.StreamTestKit;

/**
 * Test of the subscribers and publishers of an application, with Millrace, JSON,
 * validation, and of the application only what has to do with streams: beans with
 * annotated methods, interceptors, codecs, configurers and advices, interfaces that
 * publish. Everything else that those need is imported or replaced by the test, as in
 * every slice of Spring Boot. The test gets a {@link StreamTestKit}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@BootstrapWith(StreamTestContextBootstrapper.class)
@ExtendWith({ DockerCondition.class, SpringExtension.class })
@OverrideAutoConfiguration(enabled = false)
@TypeExcludeFilters(StreamTypeExcludeFilter.class)
@AutoConfigureStreamTest
@ImportAutoConfiguration
public @interface StreamTest {

	/**
	 * Properties, each as {@code name=value}, that are added to those of the application.
	 * @return the properties
	 */
	String[] properties() default {};

	/**
	 * What the test runs on.
	 * @return the backend
	 */
	@AliasFor(annotation = AutoConfigureStreamTest.class, attribute = "backend")
	Backend backend() default Backend.IN_MEMORY;

	/**
	 * Whether only what has to do with streams is scanned.
	 * @return whether it is
	 */
	boolean useDefaultFilters() default true;

	/**
	 * What is scanned in addition.
	 * @return the filters
	 */
	Filter[] includeFilters() default {};

	/**
	 * What is left out all the same.
	 * @return the filters
	 */
	Filter[] excludeFilters() default {};

	/**
	 * Auto-configurations that are left out.
	 * @return the classes
	 */
	@AliasFor(annotation = ImportAutoConfiguration.class, attribute = "exclude")
	Class<?>[] excludeAutoConfiguration() default {};

}
