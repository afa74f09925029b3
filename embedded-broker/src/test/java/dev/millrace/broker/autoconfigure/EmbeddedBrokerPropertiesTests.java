package dev.millrace.broker.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.List;
import java.util.Map;

import com.jayway.jsonpath.JsonPath;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

class EmbeddedBrokerPropertiesTests {

	@Test
	void metadataDescribesEachProperty() throws IOException {
		List<Map<String, String>> properties = metadata();

		assertThat(properties).extracting((property) -> property.get("name"))
			.containsExactlyInAnyOrder("millrace.embedded-broker.enabled", "millrace.embedded-broker.port",
					"millrace.embedded-broker.data-directory", "millrace.embedded-broker.partitions",
					"millrace.embedded-broker.properties");
		assertThat(properties).extracting((property) -> property.get("description"))
			.allSatisfy((description) -> assertThat(description).matches("(?!The |A |An )[A-Z].*\\."));
	}

	@Test
	void defaultsAreThoseOfALocalBroker() {
		EmbeddedBrokerProperties properties = new EmbeddedBrokerProperties();

		assertThat(properties.isEnabled()).isTrue();
		assertThat(properties.getPort()).isEqualTo(9092);
		assertThat(properties.getDataDirectory()).isNull();
		assertThat(properties.getPartitions()).isEqualTo(1);
		assertThat(properties.getProperties()).isEmpty();
	}

	@Test
	void bindsEachProperty() {
		Map<String, String> source = Map.of("millrace.embedded-broker.enabled", "false",
				"millrace.embedded-broker.port", "19092", "millrace.embedded-broker.data-directory", "some/where",
				"millrace.embedded-broker.partitions", "4", "millrace.embedded-broker.properties.num.io.threads", "2");

		EmbeddedBrokerProperties properties = new Binder(new MapConfigurationPropertySource(source))
			.bind("millrace.embedded-broker", EmbeddedBrokerProperties.class)
			.get();

		assertThat(properties.isEnabled()).isFalse();
		assertThat(properties.getPort()).isEqualTo(19092);
		assertThat(properties.getDataDirectory()).isEqualTo(new File("some/where"));
		assertThat(properties.getPartitions()).isEqualTo(4);
		assertThat(properties.getProperties()).containsExactly(Map.entry("num.io.threads", "2"));
	}

	@Test
	void emptyDirectoryIsNone() {
		EmbeddedBrokerProperties properties = new Binder(
				new MapConfigurationPropertySource(Map.of("millrace.embedded-broker.data-directory", "")))
			.bindOrCreate("millrace.embedded-broker", EmbeddedBrokerProperties.class);

		assertThat(properties.getDataDirectory()).isNull();
	}

	private List<Map<String, String>> metadata() throws IOException {
		URL classes = EmbeddedBrokerProperties.class.getProtectionDomain().getCodeSource().getLocation();
		try (InputStream metadata = new URL(classes, "META-INF/spring-configuration-metadata.json").openStream()) {
			return JsonPath.parse(metadata).read("$.properties");
		}
	}

}
