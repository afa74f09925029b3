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
 * Document that shows the results.
 *
 * @param results the directory of the results
 */
record Report(Path results) {

	void write(Path file) {
		try (InputStream template = Objects.requireNonNull(getClass().getResourceAsStream("performance.md"))) {
			String text = new String(template.readAllBytes(), StandardCharsets.UTF_8);
			Files.writeString(file, new PropertyPlaceholderHelper("${", "}").replacePlaceholders(text, this::table));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String table(String benchmark) {
		Path file = this.results.resolve(benchmark + ".json");
		if (!Files.exists(file)) {
			return "Not measured yet.";
		}
		Results measured = Results.read(file);
		String environment = measured.environment()
			.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + " " + entry.getValue())
			.collect(Collectors.joining("; "));
		return new ResultTable(measured.measurements()).toMarkdown() + "\nMeasured: " + environment + ".";
	}

}
