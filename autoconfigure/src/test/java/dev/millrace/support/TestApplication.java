package dev.millrace.support;

import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.kafka.config.KafkaListenerEndpointRegistry;
import org.springframework.kafka.listener.MessageListenerContainer;

import dev.millrace.autoconfigure.MillraceAutoConfiguration;

/**
 * Application with handlers under test.
 */
public final class TestApplication implements AutoCloseable {

	private final ConfigurableApplicationContext context;

	private TestApplication(ConfigurableApplicationContext context) {
		this.context = context;
	}

	/**
	 * Start an application on the shared broker.
	 * @param configuration the configuration or the handler
	 * @param properties the properties, each as {@code name=value}
	 * @return the application
	 */
	public static TestApplication start(Class<?> configuration, String... properties) {
		return start(TestCluster.shared().bootstrapServers(), configuration, properties);
	}

	public static TestApplication start(String bootstrapServers, Class<?> configuration, String... properties) {
		return start(bootstrapServers, List.of(), configuration, properties);
	}

	/**
	 * Start an application with beans that the test has made, perhaps for several
	 * applications.
	 * @param bootstrapServers the broker
	 * @param beans the beans
	 * @param configuration the configuration or the handler
	 * @param properties the properties, each as {@code name=value}
	 * @return the application
	 */
	public static TestApplication start(String bootstrapServers, List<?> beans, Class<?> configuration,
			String... properties) {
		List<String> all = new ArrayList<>(List.of("spring.application.name=test", "spring.main.banner-mode=off",
				"spring.kafka.bootstrap-servers=" + bootstrapServers,
				"spring.kafka.consumer.properties.metadata.max.age.ms=500", "millrace.subscriber.retry.delay=50ms",
				"millrace.subscriber.retry.max-delay=200ms"));
		all.addAll(List.of(properties));
		return new TestApplication(new SpringApplicationBuilder(Imports.class, configuration)
			.web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.initializers((context) -> beans
				.forEach((bean) -> context.getBeanFactory().registerSingleton(bean.getClass().getSimpleName(), bean)))
			.run());
	}

	public <T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	public ConfigurableApplicationContext context() {
		return this.context;
	}

	public MessageListenerContainer container(String id) {
		MessageListenerContainer container = bean(KafkaListenerEndpointRegistry.class).getListenerContainer(id);
		if (container == null) {
			throw new IllegalStateException("No container '" + id + "' among "
					+ bean(KafkaListenerEndpointRegistry.class).getListenerContainerIds());
		}
		return container;
	}

	@Override
	public void close() {
		this.context.close();
	}

	@ImportAutoConfiguration({ KafkaAutoConfiguration.class, JacksonAutoConfiguration.class,
			ValidationAutoConfiguration.class, MillraceAutoConfiguration.class })
	static class Imports {

	}

}
