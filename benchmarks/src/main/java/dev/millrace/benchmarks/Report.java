package dev.millrace.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Collectors;

import org.springframework.util.PropertyPlaceholderHelper;

/**
 * Document that shows the results, with an image for each benchmark.
 *
 * @param results the directory of the results
 * @param directory the directory of the document
 */
record Report(Path results, Path directory) {

	private static final String IMAGES = "images";

	private static final String PER_SUBSCRIBER = ".subscriber";

	void write() {
		try (InputStream template = Objects.requireNonNull(getClass().getResourceAsStream("performance.md"))) {
			Files.createDirectories(this.directory.resolve(IMAGES));
			String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
			Files.writeString(this.directory.resolve("performance.md"),
					new PropertyPlaceholderHelper("${", "}").replacePlaceholders(text, this::show));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String show(String name) {
		String benchmark = name.replace(PER_SUBSCRIBER, "");
		Path file = this.results.resolve(benchmark + ".json");
		if (!Files.exists(file)) {
			return "Not measured yet.";
		}
		Results measured = Results.read(file);
		Arms arms = new Arms(measured.measurements());
		if (name.endsWith(PER_SUBSCRIBER)) {
			return new PerSubscriberTable(arms).toMarkdown().strip();
		}
		String environment = measured.environment()
			.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + entry.getValue())
			.collect(Collectors.joining("; "));
		return "![%s](%s)\n\n%s\nMeasured: %s.".formatted(benchmark, plot(benchmark, arms),
				new ResultTable(arms).toMarkdown(), environment);
	}

	private String plot(String benchmark, Arms arms) {
		String image = IMAGES + "/" + benchmark + ".svg";
		try {
			Files.writeString(this.directory.resolve(image), new Plot(arms).toSvg());
			return image;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
