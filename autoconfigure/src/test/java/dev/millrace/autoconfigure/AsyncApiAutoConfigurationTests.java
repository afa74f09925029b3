package dev.millrace.autoconfigure;

import java.nio.charset.StandardCharsets;
import java.util.Properties;

import com.github.victools.jsonschema.generator.SchemaGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfigurationPackages;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.SpringProperties;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.reactive.config.EnableWebFlux;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;

import dev.millrace.annotation.Documentation;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.asyncapi.AsyncApiDocument;
import dev.millrace.asyncapi.AsyncApiDocuments;
import dev.millrace.config.EndpointRegistrar;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AsyncApiAutoConfiguration}.
 */
class AsyncApiAutoConfigurationTests {

	private static final AutoConfigurations CONFIGURATIONS = AutoConfigurations.of(KafkaAutoConfiguration.class,
			MillraceAutoConfiguration.class, AsyncApiAutoConfiguration.class);

	private static final String[] PROPERTIES = { "spring.application.name=app", "millrace.topics.missing=ignore",
			"spring.kafka.listener.auto-startup=false", "spring.kafka.admin.auto-create=false" };

	private static final String ROUTES = "millraceAsyncApiRoutes";

	private final WebApplicationContextRunner servlet = new WebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withUserConfiguration(Mvc.class, Handler.class)
		.withPropertyValues(PROPERTIES);

	private final ReactiveWebApplicationContextRunner reactive = new ReactiveWebApplicationContextRunner()
		.withConfiguration(CONFIGURATIONS)
		.withUserConfiguration(Flux.class, Handler.class)
		.withPropertyValues(PROPERTIES);

	@Test
	void documentIsThereWithoutAWebApplication() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withUserConfiguration(Handler.class)
			.withPropertyValues(PROPERTIES)
			.withPropertyValues("millrace.asyncapi.enabled=true")
			.run((context) -> {
				assertThat(context).hasNotFailed().doesNotHaveBean(ROUTES);
				assertThat(context.getBean(AsyncApiDocuments.class).current().toJson()).contains("\"grüße\"");
			});
	}

	@Test
	void documentThatNobodyAsksForDoesNotMakeTheStartLonger() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withUserConfiguration(Handler.class)
			.withPropertyValues(PROPERTIES)
			.run((context) -> {
				assertThat(context.getBeanFactory().containsSingleton("millraceAsyncApiDocuments")).isFalse();
				assertThat(context.getBean("millraceAsyncApiDocuments")).isInstanceOf(AsyncApiDocuments.class);
			});
	}

	@Test
	void documentIsMadeOnceUntilSomethingChanges() {
		new ApplicationContextRunner().withConfiguration(CONFIGURATIONS)
			.withUserConfiguration(Handler.class)
			.withPropertyValues(PROPERTIES)
			.run((context) -> {
				AsyncApiDocuments documents = context.getBean(AsyncApiDocuments.class);
				AsyncApiDocument first = documents.current();

				assertThat(documents.current()).isSameAs(first);
				context.getBean(EndpointRegistrar.class)
					.register("late",
							(subscriber) -> subscriber.topics("late").handle(String.class, (body, record) -> null));
				assertThat(documents.current().toJson()).contains("\"late\"").isNotEqualTo(first.toJson());
			});
	}

	@Test
	void servedByMvc() {
		this.servlet.withPropertyValues("millrace.asyncapi.enabled=true").run((context) -> {
			MockMvcTester mvc = MockMvcTester.from((WebApplicationContext) context.getSourceApplicationContext());
			AsyncApiDocument document = context.getBean(AsyncApiDocuments.class).current();
			assertThat(mvc.get().uri("/millrace/asyncapi.json")).hasStatusOk()
				.hasContentType(MediaType.APPLICATION_JSON)
				.body()
				.isEqualTo(document.toJson().getBytes(StandardCharsets.UTF_8));
			assertThat(mvc.get().uri("/millrace/asyncapi.yaml")).hasStatusOk()
				.hasContentType(MediaType.APPLICATION_YAML)
				.body()
				.isEqualTo(document.toYaml().getBytes(StandardCharsets.UTF_8));
		});
	}

	@Test
	void servedByWebFlux() {
		this.reactive.withPropertyValues("millrace.asyncapi.enabled=true").run((context) -> {
			WebTestClient client = WebTestClient.bindToApplicationContext(context.getSourceApplicationContext())
				.build();
			AsyncApiDocument document = context.getBean(AsyncApiDocuments.class).current();
			client.get()
				.uri("/millrace/asyncapi.json")
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.contentType(MediaType.APPLICATION_JSON)
				.expectBody()
				.consumeWith((result) -> assertThat(result.getResponseBody())
					.isEqualTo(document.toJson().getBytes(StandardCharsets.UTF_8)));
			client.get()
				.uri("/millrace/asyncapi.yaml")
				.exchange()
				.expectStatus()
				.isOk()
				.expectHeader()
				.contentType(MediaType.APPLICATION_YAML)
				.expectBody()
				.consumeWith((result) -> assertThat(result.getResponseBody())
					.isEqualTo(document.toYaml().getBytes(StandardCharsets.UTF_8)));
		});
	}

	@Test
	void pathIsThatOfTheConfiguration() {
		this.servlet.withPropertyValues("millrace.asyncapi.enabled=true", "millrace.asyncapi.path=/docs/events")
			.run((context) -> {
				MockMvcTester mvc = MockMvcTester.from((WebApplicationContext) context.getSourceApplicationContext());
				assertThat(mvc.get().uri("/docs/events.json")).hasStatusOk();
				assertThat(mvc.get().uri("/millrace/asyncapi.json")).hasStatus(404);
			});
	}

	@Test
	void servedByDefaultWhereTheApplicationRunsFromClassFiles() {
		this.servlet.withInitializer(packages("dev.millrace.support"))
			.run((context) -> assertThat(context).hasBean(ROUTES));
		this.reactive.withInitializer(packages("dev.millrace.support"))
			.run((context) -> assertThat(context).hasBean(ROUTES));
	}

	@Test
	void notServedByDefaultWhereTheApplicationRunsFromAnArchive() {
		this.servlet.withInitializer(packages("org.assertj.core"))
			.run((context) -> assertThat(context).hasNotFailed()
				.doesNotHaveBean(ROUTES)
				.hasSingleBean(AsyncApiDocuments.class));
		this.reactive.withInitializer(packages("org.assertj.core"))
			.run((context) -> assertThat(context).doesNotHaveBean(ROUTES));
	}

	@Test
	void notServedByDefaultWhereThatIsDecidedAheadOfTime() {
		SpringProperties.setFlag(AbstractAotProcessor.AOT_PROCESSING);
		try {
			this.servlet.withInitializer(packages("dev.millrace.support"))
				.run((context) -> assertThat(context).doesNotHaveBean(ROUTES));
		}
		finally {
			SpringProperties.setProperty(AbstractAotProcessor.AOT_PROCESSING, null);
		}
	}

	@Test
	void notServedWhenSwitchedOff() {
		this.servlet.withInitializer(packages("dev.millrace.support"))
			.withPropertyValues("millrace.asyncapi.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ROUTES).hasSingleBean(AsyncApiDocuments.class));
	}

	@Test
	void notThereWithoutTheGenerator() {
		this.servlet.withClassLoader(new FilteredClassLoader(SchemaGenerator.class))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("millraceAsyncApiDocuments"));
	}

	@Test
	void versionIsThatOfTheBuild() {
		this.servlet.withBean(BuildProperties.class, () -> {
			Properties build = new Properties();
			build.setProperty("version", "4.5.6");
			return new BuildProperties(build);
		})
			.run((context) -> assertThat(context.getBean(AsyncApiDocuments.class).current().toJson())
				.contains("\"version\" : \"4.5.6\""));
	}

	private static <C extends ConfigurableApplicationContext> ApplicationContextInitializer<C> packages(String name) {
		return (context) -> AutoConfigurationPackages.register((BeanDefinitionRegistry) context.getBeanFactory(), name);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebMvc
	static class Mvc {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableWebFlux
	static class Flux {

	}

	@Configuration(proxyBeanMethods = false)
	static class Handler {

		@Bean
		Greetings greetings() {
			return new Greetings();
		}

	}

	static class Greetings {

		@StreamSubscriber(id = "greetings", topics = "greetings", documentation = @Documentation(title = "grüße"))
		void greet(String name) {
		}

	}

}
