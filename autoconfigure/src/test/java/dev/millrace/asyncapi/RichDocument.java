package dev.millrace.asyncapi;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import dev.millrace.autoconfigure.AsyncApiAutoConfiguration;
import dev.millrace.autoconfigure.MillraceAutoConfiguration;
import dev.millrace.config.PublisherInterfaces;

/**
 * Documents of applications that don't start their consumers.
 */
final class RichDocument {

	private static final List<String> PROPERTIES = List.of("spring.application.name=shop",
			"spring.main.banner-mode=off", "spring.kafka.bootstrap-servers=one:9092,two:9093",
			"spring.kafka.listener.auto-startup=false", "millrace.topics.missing=ignore",
			"spring.kafka.admin.auto-create=false", "millrace.asyncapi.version=1.2.3");

	private RichDocument() {
	}

	static AsyncApiDocument of(Class<?> application, String... properties) {
		return with(application, (context) -> context.getBean(AsyncApiDocuments.class).current(), properties);
	}

	static <T> T with(Class<?> application, Function<ConfigurableApplicationContext, T> result, String... properties) {
		List<String> all = new ArrayList<>(PROPERTIES);
		all.addAll(List.of(properties));
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Imports.class, application)
			.web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run()) {
			return result.apply(context);
		}
	}

	static AsyncApiDocument rich(String... properties) {
		return of(WithInterface.class, properties);
	}

	@ImportAutoConfiguration({ KafkaAutoConfiguration.class, JacksonAutoConfiguration.class,
			MillraceAutoConfiguration.class, AsyncApiAutoConfiguration.class })
	static class Imports {

	}

	@Configuration(proxyBeanMethods = false)
	@org.springframework.context.annotation.Import(RichApplication.class)
	static class WithInterface {

		@Bean
		RichApplication.Receipts receipts(PublisherInterfaces interfaces) {
			return interfaces.implement(RichApplication.Receipts.class);
		}

	}

}
