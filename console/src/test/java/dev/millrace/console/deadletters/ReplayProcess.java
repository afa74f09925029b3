package dev.millrace.console.deadletters;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.messaging.handler.annotation.Header;

import dev.millrace.AckPolicy;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Application with a console, in a process of its own, to be killed while it replays dead
 * letters. Its handler takes nothing but what was replayed.
 */
@SpringBootApplication(proxyBeanMethods = false,
		excludeName = { "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration" })
public class ReplayProcess {

	@StreamSubscriber(id = "shipments", topics = "shipments", ackPolicy = AckPolicy.REJECT_ON_ERROR,
			autoStartup = "${handling}")
	void ship(String shipment, @Header(name = "dead-letter-replays", required = false) String replays) {
		if (replays == null) {
			throw new IllegalStateException("No ship for " + shipment);
		}
	}

	public static void main(String[] arguments) {
		new SpringApplicationBuilder(ReplayProcess.class).run(arguments);
	}

}
