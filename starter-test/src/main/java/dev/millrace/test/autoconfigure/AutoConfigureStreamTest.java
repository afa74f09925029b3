package dev.millrace.test.autoconfigure;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.context.PropertyMapping;

import dev.millrace.test.StreamTestKit;

/**
 * Gives a Spring Boot test a {@link StreamTestKit} and something to run on.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
@ExtendWith(DockerCondition.class)
@ImportAutoConfiguration(StreamTestAutoConfiguration.class)
@PropertyMapping("millrace.test")
public @interface AutoConfigureStreamTest {

	/**
	 * What the test runs on.
	 * @return the backend
	 */
	Backend backend() default Backend.IN_MEMORY;

}
