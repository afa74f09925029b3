package dev.millrace;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.ByteArrayResource;

import dev.millrace.autoconfigure.MillraceProperties;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the documents show works: Java compiles, settings exist, links lead somewhere.
 */
class DocumentationTests {

	private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

	private static final Pattern BLOCK = Pattern.compile("```(java|yaml)\\n(.*?)```", Pattern.DOTALL);

	private static final Pattern LINK = Pattern.compile("]\\((?!http)([^)#]+)\\)");

	private static final Pattern TEST = Pattern.compile("(?<![*\\w])[A-Z][A-Za-z]+Tests\\b");

	private static final String IMPORTS = """
			import java.util.*;
			import dev.millrace.*;
			import dev.millrace.annotation.*;
			import org.springframework.stereotype.*;
			""";

	@ParameterizedTest
	@MethodSource("documents")
	void javaCompiles(Path document, @TempDir Path classes) throws IOException {
		for (String code : blocks(document, "java")) {
			// The test kit is not there; its own tests look after what it is shown with.
			if (!document.endsWith("testing.md")) {
				assertThat(compile(code, classes)).as("errors in%n%s", code).isEmpty();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void settingsExist(Path document) throws IOException {
		if (document.endsWith("console.md")) {
			// Its settings are those of another module, which looks after them.
			return;
		}
		for (String yaml : blocks(document, "yaml")) {
			List<PropertySource<?>> sources = new YamlPropertySourceLoader().load("snippet",
					new ByteArrayResource(yaml.getBytes(StandardCharsets.UTF_8)));
			Binder binder = new Binder(ConfigurationPropertySources.from(sources));
			assertThat(binder
				.bind("millrace", Bindable.of(MillraceProperties.class),
						new NoUnboundElementsBindHandler(BindHandler.DEFAULT, (source) -> true))
				.isBound()).isTrue();
		}
	}

	@ParameterizedTest
	@MethodSource("documents")
	void linksAndTestsThatAreNamedExist(Path document) throws IOException {
		String text = Files.readString(document);
		Matcher links = LINK.matcher(text);
		while (links.find()) {
			assertThat(document.resolveSibling(links.group(1))).exists();
		}
		List<String> files = sources();
		Matcher tests = TEST.matcher(text);
		while (tests.find()) {
			assertThat(files).contains(tests.group() + ".java");
		}
	}

	@Test
	void readmeShowsCodeAndSettings() throws IOException {
		assertThat(blocks(ROOT.resolve("README.md"), "java")).isNotEmpty();
		assertThat(blocks(ROOT.resolve("README.md"), "yaml")).isNotEmpty();
	}

	static Stream<Path> documents() throws IOException {
		try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
			List<Path> markdown = docs.filter((file) -> file.toString().endsWith(".md")).toList();
			return Stream.concat(Stream.of(ROOT.resolve("README.md"), ROOT.resolve("CONTRIBUTING.md")),
					markdown.stream());
		}
	}

	private static List<String> sources() throws IOException {
		try (Stream<Path> files = Files.find(ROOT, 20, (file, attributes) -> file.toString().endsWith("Tests.java")
				&& !file.toString().contains("/target/"))) {
			return files.map((file) -> file.getFileName().toString()).toList();
		}
	}

	private static List<String> blocks(Path document, String language) throws IOException {
		List<String> blocks = new ArrayList<>();
		Matcher matcher = BLOCK.matcher(Files.readString(document));
		while (matcher.find()) {
			if (matcher.group(1).equals(language)) {
				blocks.add(matcher.group(2));
			}
		}
		return blocks;
	}

	private static String compile(String code, Path classes) {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		StringWriter errors = new StringWriter();
		JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///Snippet.java"),
				JavaFileObject.Kind.SOURCE) {

			@Override
			public CharSequence getCharContent(boolean ignoreEncodingErrors) {
				return IMPORTS + code;
			}

		};
		List<String> options = List.of("-proc:none", "-parameters", "-d", classes.toString(), "-classpath",
				System.getProperty("java.class.path"));
		boolean success = compiler.getTask(errors, null, null, options, null, List.of(source)).call();
		return success ? "" : errors.toString();
	}

}
