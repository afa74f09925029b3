package dev.millrace.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.StreamSupport;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for what editors are told about the properties.
 */
class ConfigurationMetadataTests {

	private final JsonNode metadata = read();

	@Test
	void everyPropertyHasADescriptionThatIsASentence() {
		Map<String, JsonNode> properties = byName("properties");

		assertThat(properties).hasSizeGreaterThan(15).allSatisfy((name, property) -> {
			assertThat(name).matches("(millrace|management\\.endpoint\\.(streams|deadletters))\\..+");
			assertThat(property.path("description").asString("")).as(name).matches("[A-Z].+\\.").doesNotContain("\n");
		});
	}

	@Test
	void valuesOfTheOffsetResetAreOffered() {
		Map<String, JsonNode> hints = byName("hints");

		assertThat(hints).containsOnlyKeys("millrace.subscriber.auto-offset-reset");
		assertThat(hints.get("millrace.subscriber.auto-offset-reset").path("values"))
			.extracting((value) -> value.path("value").asString())
			.containsExactly("earliest", "latest", "none");
	}

	@Test
	void defaultsThatAreSetLateAreTold() {
		assertThat(defaultValues()).containsEntry("millrace.subscriber.ordering", "partition")
			.containsEntry("millrace.subscriber.concurrency", "10")
			.containsEntry("millrace.subscriber.commit-interval", "200ms")
			.containsEntry("millrace.subscriber.window.high", "1000")
			.containsEntry("millrace.subscriber.retry.delay", "1s")
			.containsEntry("millrace.subscriber.retry.multiplier", "2")
			.containsEntry("millrace.subscriber.retry.max-delay", "30s")
			.containsEntry("millrace.subscriber.retry.jitter", "0.2");
	}

	@Test
	void defaultsCanBeBound() {
		assertThat(new Binder(new MapConfigurationPropertySource(defaultValues()))
			.bind("millrace", MillraceProperties.class)
			.isBound()).isTrue();
	}

	private Map<String, String> defaultValues() {
		Map<String, String> values = new LinkedHashMap<>();
		byName("properties").forEach((name, property) -> {
			if (property.has("defaultValue")) {
				values.put(name, property.path("defaultValue").asString());
			}
		});
		return values;
	}

	private Map<String, JsonNode> byName(String kind) {
		Map<String, JsonNode> nodes = new LinkedHashMap<>();
		StreamSupport.stream(this.metadata.path(kind).spliterator(), false)
			.forEach((node) -> nodes.put(node.path("name").asString(), node));
		return nodes;
	}

	private static JsonNode read() {
		try (InputStream input = new ClassPathResource("META-INF/spring-configuration-metadata.json",
				MillraceProperties.class.getClassLoader())
			.getInputStream()) {
			return JsonMapper.shared().readTree(input);
		}
		catch (IOException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
