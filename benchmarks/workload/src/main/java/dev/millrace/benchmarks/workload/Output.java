package dev.millrace.benchmarks.workload;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * How an application talks to the process that has started it: it prints one line with
 * its result, and ends when its input does.
 */
public final class Output {

	private static final String RESULT = "MILLRACE-RESULT";

	private static final String SEPARATOR = "\t";

	private Output() {
	}

	/**
	 * Hand the result over.
	 * @param values the values by their names
	 */
	public static void report(Map<String, Double> values) {
		System.out.println(values.entrySet()
			.stream()
			.map((entry) -> SEPARATOR + entry.getKey() + SEPARATOR + entry.getValue())
			.collect(Collectors.joining("", RESULT, "")));
	}

	/**
	 * Wait until the application is told to end.
	 */
	public static void awaitEndOfInput() {
		try {
			System.in.transferTo(OutputStream.nullOutputStream());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Find a result in what an application has printed.
	 * @param line a line
	 * @return the values by their names, if it has them
	 */
	public static Optional<Map<String, Double>> parse(String line) {
		String[] parts = line.split(SEPARATOR);
		if (!parts[0].equals(RESULT)) {
			return Optional.empty();
		}
		Map<String, Double> values = new LinkedHashMap<>();
		for (int i = 1; i < parts.length; i += 2) {
			values.put(parts[i], Double.valueOf(parts[i + 1]));
		}
		return Optional.of(values);
	}

}
