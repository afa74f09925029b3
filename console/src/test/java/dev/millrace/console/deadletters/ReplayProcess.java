package dev.millrace.console.deadletters;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;

import dev.millrace.AckPolicy;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Application with a console, in a process of its own, to be killed while it replays dead
 * letters. Its handler is broken where it is told so, and else is stopped.
 */
@SpringBootApplication(proxyBeanMethods = false,
		excludeName = { "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration",
				"org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration" })
public class ReplayProcess {

	@Value("${broken}")
	private boolean broken;

	@StreamSubscriber(id = "shipments", topics = "shipments", ackPolicy = AckPolicy.REJECT_ON_ERROR,
			autoStartup = "${broken}")
	void ship(String shipment) {
		if (this.broken) {
			throw new IllegalStateException("No ship for " + shipment);
		}
	}

	public static void main(String[] arguments) {
		new SpringApplicationBuilder(ReplayProcess.class).run(arguments);
	}

}
