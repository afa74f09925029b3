package dev.millrace.asyncapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import dev.millrace.annotation.StreamFilter;
import dev.millrace.annotation.StreamHandler;
import dev.millrace.annotation.StreamSubscriber;
import dev.millrace.endpoint.EndpointRegistry;
import dev.millrace.endpoint.Publication;
import dev.millrace.endpoint.PublishedTopics;
import dev.millrace.endpoint.SubscriberEndpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link AsyncApiDocument}.
 */
class AsyncApiDocumentTests {

	private static final Path EXPECTED = Path.of("src/test/resources/asyncapi/rich.json");

	@Test
	void isTheSameAtEachStartAndAsItIsCommitted() throws IOException {
		AsyncApiDocument document = RichDocument.rich();
		document.writeTo(Path.of("target/asyncapi/rich.json"));

		assertThat(RichDocument.rich().toJson()).isEqualTo(document.toJson());
		assertThat(document.toJson()).isEqualTo(Files.readString(EXPECTED));
	}

	@Test
	void orderOfRegistrationDoesNotMatter() {
		for (Class<?> application : List.of(RichApplication.class, Colliding.class)) {
			assertThat(build(application, (endpoints) -> {
			})).isEqualTo(build(application, Collections::reverse));
		}
	}

	@Test
	void yamlSaysTheSame() {
		AsyncApiDocument document = AsyncApiDocument.read(EXPECTED);

		Map<String, Object> yaml = new Yaml().load(document.toYaml());

		JsonNode tree = JsonMapper.shared().valueToTree(yaml);
		assertThat(tree).isEqualTo(JsonMapper.shared().readTree(document.toJson()));
		assertThat(document.toYaml()).startsWith("asyncapi: 3.0.0\ninfo:\n").doesNotContain("!!");
	}

	@Test
	void isReadAsItWasWritten(@TempDir Path directory) {
		AsyncApiDocument document = AsyncApiDocument.read(EXPECTED);
		Path file = directory.resolve("new/asyncapi.json");

		document.writeTo(file);

		assertThat(AsyncApiDocument.read(file)).isEqualTo(document).hasSameHashCodeAs(document);
		assertThat(file).hasContent(document.toString());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "asyncapi: 3.0.0\n", "[]", "{\"asyncapi\":" })
	void fileThatIsNoDocumentIsNotRead(String text, @TempDir Path directory) throws IOException {
		Path file = Files.writeString(directory.resolve("asyncapi.json"), text);
		AsyncApiDocument document = AsyncApiDocument.read(EXPECTED);

		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(() -> document.checkCompatibleWith(file))
			.withMessageContaining(file.toString())
			.withMessageContaining("JSON");
	}

	@Test
	void headersOfFiltersAreTold() {
		JsonNode messages = JsonMapper.shared()
			.readTree(RichDocument.of(Filtered.class).toJson())
			.at("/components/messages");

		assertThat(messages.at("/filtered-any/headers")).hasToString("{\"type\":\"object\",\"properties\":{"
				+ "\"kind\":{\"type\":\"string\"},\"size\":{\"type\":\"integer\"}},\"required\":[\"kind\",\"size\"]}");
		assertThat(messages.at("/filtered-created/headers")).hasToString("{\"type\":\"object\",\"properties\":{"
				+ "\"type\":{\"type\":\"string\",\"const\":\"created\"}},\"required\":[\"type\"]}");
	}

	@Test
	void saysWhatTheConfigurationSaysAboutTheApplication() {
		AsyncApiDocument document = RichDocument.of(Nothing.class, "millrace.asyncapi.id=urn:example:shop",
				"millrace.asyncapi.title=Shop", "millrace.asyncapi.description=Sells.",
				"millrace.asyncapi.terms-of-service=https://shop.example/terms", "millrace.asyncapi.contact.name=Team",
				"millrace.asyncapi.contact.email=team@shop.example", "millrace.asyncapi.license.name=MIT",
				"millrace.asyncapi.tags=shop,money", "millrace.asyncapi.external-docs=https://shop.example/docs");

		JsonNode root = JsonMapper.shared().readTree(document.toJson());
		assertThat(root.path("id").asString()).isEqualTo("urn:example:shop");
		assertThat(root.path("info"))
			.hasToString("{\"title\":\"Shop\",\"version\":\"1.2.3\",\"description\":\"Sells.\","
					+ "\"termsOfService\":\"https://shop.example/terms\","
					+ "\"contact\":{\"name\":\"Team\",\"email\":\"team@shop.example\"},\"license\":{\"name\":\"MIT\"},"
					+ "\"tags\":[{\"name\":\"shop\"},{\"name\":\"money\"}],"
					+ "\"externalDocs\":{\"url\":\"https://shop.example/docs\"}}");
	}

	@Test
	void titleIsTheNameOfTheApplication() {
		JsonNode root = JsonMapper.shared().readTree(RichDocument.of(Nothing.class).toJson());

		assertThat(root.at("/info/title").asString()).isEqualTo("shop");
	}

	@Test
	void namesOfFieldsAreThoseOfTheMapper() {
		JsonNode root = JsonMapper.shared()
			.readTree(RichDocument.of(Named.class, "spring.jackson.property-naming-strategy=SNAKE_CASE").toJson());

		assertThat(root.at("/components/schemas/Measurement/properties").propertyNames()).containsExactly("sensor_id");
		assertThat(root.at("/components/messages/fields/payload/properties").propertyNames())
			.containsExactly("first_name", "last_name");
	}

	private static String build(Class<?> application, Consumer<List<?>> order) {
		DocumentSettings settings = new DocumentSettings(
				new ApplicationInfo(null, "shop", "1", null, null, null, null, List.of(), null), List.of(), Map.of(),
				new TopicLayout(null, null, Map.of()));
		return RichDocument.with(application, (context) -> {
			List<SubscriberEndpoint> subscribers = new ArrayList<>(context.getBean(EndpointRegistry.class).all());
			List<Publication> publications = new ArrayList<>(context.getBean(PublishedTopics.class).publications());
			order.accept(subscribers);
			order.accept(publications);
			return new DocumentBuilder(settings, JsonMapper.shared()).build(subscribers, publications).toString();
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Nothing {

	}

	static class Colliding {

		@StreamSubscriber(id = "a:b", topics = "one")
		void one(String body) {
		}

		@StreamSubscriber(id = "a-b", topics = "two")
		void two(int body) {
		}

	}

	record Measurement(String sensorId) {

	}

	static class Named {

		@StreamSubscriber(id = "named", topics = "named")
		void named(Measurement measurement) {
		}

		@StreamSubscriber(id = "fields", topics = "fields")
		void fields(String firstName, String lastName) {
		}

	}

	@StreamSubscriber(id = "filtered", topics = "filtered")
	static class Filtered {

		@StreamHandler
		@StreamFilter(headers = { "kind=*", "size=*" })
		void any(String body, @Header(name = "size", required = false) int size) {
		}

		@StreamHandler
		@StreamFilter(headers = "type=created")
		void created(String body, @Header("type") String type) {
		}

	}

}
