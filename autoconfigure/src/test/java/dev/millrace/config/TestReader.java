package dev.millrace.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.EmbeddedValueResolver;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.context.expression.StandardBeanExpressionResolver;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySourcesPropertyResolver;
import org.springframework.util.ReflectionUtils;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.SubscriberSpec;
import dev.millrace.endpoint.HandlerMethod;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.handler.SignatureReader;

/**
 * Reads the annotations of the method {@code handle} of a bean {@code orders}.
 */
final class TestReader {

	private final Map<String, Object> properties = new HashMap<>();

	private final DefaultListableBeanFactory beanFactory = new DefaultListableBeanFactory();

	private final Map<String, SubscriberSettings> overrides = new HashMap<>();

	private SubscriberSettings defaults = SubscriberSettings.NONE;

	private @Nullable String consumerGroupId;

	private @Nullable String applicationName = "app";

	TestReader() {
		MutablePropertySources sources = new MutablePropertySources();
		sources.addFirst(new MapPropertySource("test", this.properties));
		PropertySourcesPropertyResolver resolver = new PropertySourcesPropertyResolver(sources);
		this.beanFactory.addEmbeddedValueResolver(resolver::resolveRequiredPlaceholders);
		this.beanFactory.setBeanExpressionResolver(new StandardBeanExpressionResolver());
	}

	TestReader property(String name, String value) {
		this.properties.put(name, value);
		return this;
	}

	TestReader singleton(String name, Object bean) {
		this.beanFactory.registerSingleton(name, bean);
		return this;
	}

	TestReader defaults(SubscriberSettings settings) {
		this.defaults = settings;
		return this;
	}

	TestReader override(String id, SubscriberSettings settings) {
		this.overrides.put(id, settings);
		return this;
	}

	TestReader consumerGroupId(String groupId) {
		this.consumerGroupId = groupId;
		return this;
	}

	TestReader applicationName(@Nullable String name) {
		this.applicationName = name;
		return this;
	}

	List<SubscriberEndpoint> readAll(Class<?> type) {
		return reader().read(SubscriberDeclaration.of(handler(type)));
	}

	private EndpointReader reader() {
		ApplicationSettings settings = new ApplicationSettings(this.defaults, this.overrides, this.consumerGroupId,
				this.applicationName, Duration.ofSeconds(20));
		return new EndpointReader(this.beanFactory, settings,
				new SignatureReader(JsonMapper.shared(), new EmbeddedValueResolver(this.beanFactory)));
	}

	List<SubscriberEndpoint> readBean(Object bean) {
		EndpointReader reader = reader();
		return new DeclarationFinder(bean, "orders", bean.getClass()).find()
			.stream()
			.flatMap((declaration) -> reader.read(declaration).stream())
			.toList();
	}

	SubscriberEndpoint read(String id, Consumer<SubscriberSpec> specification) {
		return reader().read(id, specification);
	}

	SubscriberEndpoint read(Class<?> type) {
		List<SubscriberEndpoint> endpoints = readAll(type);
		if (endpoints.size() != 1) {
			throw new IllegalStateException("Not one endpoint: " + endpoints);
		}
		return endpoints.get(0);
	}

	private static HandlerMethod handler(Class<?> type) {
		var method = Arrays.stream(ReflectionUtils.getAllDeclaredMethods(type))
			.filter((candidate) -> candidate.getName().equals("handle") && !candidate.isBridge())
			.findFirst()
			.orElseThrow();
		return new HandlerMethod(new Object(), "orders", type, method, method);
	}

}
