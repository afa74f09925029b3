package dev.millrace.console.autoconfigure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.io.ByteArrayResource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The settings that the document about the console shows exist.
 */
class ConsoleDocumentationTests {

	private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

	@Test
	void settingsExist() throws IOException {
		Matcher blocks = YAML.matcher(Files.readString(Path.of("../docs/console.md")));
		assertThat(blocks.results().toList()).isNotEmpty().allSatisfy((block) -> {
			Binder binder = new Binder(ConfigurationPropertySources.from(new YamlPropertySourceLoader().load("snippet",
					new ByteArrayResource(block.group(1).getBytes(java.nio.charset.StandardCharsets.UTF_8)))));
			assertThat(binder
				.bind("millrace.console", Bindable.of(ConsoleProperties.class),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT, (source) -> true))
				.isBound()).isTrue();
		});
	}

}
