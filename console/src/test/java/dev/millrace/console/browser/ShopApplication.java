package dev.millrace.console.browser;

import java.util.List;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.ServerResponse;

import dev.millrace.console.ConsolePage;
import dev.millrace.console.web.ConsoleSettings;
import dev.millrace.console.web.ServletConsole;

/**
 * Application that the browser looks at. Spring Security is there for other tests.
 */
@SpringBootApplication(proxyBeanMethods = false,
		excludeName = { "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration" })
class ShopApplication {

	/**
	 * The same console for people who may only look, on another path.
	 */
	@Bean
	RouterFunction<ServerResponse> lookOnly(ObjectProvider<ConsolePage> pages) {
		return new ServletConsole(new ConsoleSettings("shop", "/ops/look", "OPS", false, false, List.of()))
			.routes(pages.orderedStream().toList());
	}

}
