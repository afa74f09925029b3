package dev.millrace.config;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.annotation.StreamPublisher;
import dev.millrace.annotation.StreamRouter;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.autoconfigure.MillraceAutoConfiguration;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.PublisherEndpoint;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for subscribers of classes that Spring makes subclasses of.
 */
class ConfigurationClassTests {

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class, MillraceAutoConfiguration.class))
		.withPropertyValues("spring.application.name=app", "spring.kafka.listener.auto-startup=false",
				"millrace.topics.missing=ignore");

	@Test
	void routersAroundAConfigurationClassHoldForItsHandlers() {
		this.runner.withUserConfiguration(Shop.Orders.class).run((context) -> {
			assertThat(context.getBean(Shop.Orders.class).getClass()).isNotEqualTo(Shop.Orders.class);
			SubscriberEndpoint endpoint = context.getBean(EndpointRegistry.class).all().iterator().next();
			assertThat(endpoint.subscription()).hasToString("shop.orders.created");
			assertThat(endpoint.publishers()).extracting(PublisherEndpoint::topic)
				.containsExactly("shop.orders.accepted");
			assertThat(endpoint.handlers().get(0).describe()).startsWith("Orders.created(String) of bean '");
		});
	}

	@StreamRouter(prefix = "shop.")
	static class Shop {

		@Configuration
		@StreamRouter(prefix = "orders.")
		static class Orders {

			// Without one, there is no subclass.
			@Bean
			Object other() {
				return new Object();
			}

			@StreamSubscriber("created")
			@StreamPublisher("accepted")
			String created(String order) {
				return order;
			}

		}

	}

}
