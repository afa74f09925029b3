package dev.millrace.console.browser;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

/**
 * Test in a browser, of an application on a real broker: the same one for all tests, so
 * that they take a few seconds. It has a path of its own, {@code /app}, and no security,
 * as in development. A test may have a parameter of the type {@link Browser}.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(classes = ShopApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "millrace.embedded-broker.port=0", "server.servlet.context-path=/app",
				"spring.application.name=shop" })
@ExtendWith(BrowserExtension.class)
public @interface ConsoleTest {

}
