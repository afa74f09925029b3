package dev.millrace.benchmarks;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that a benchmark has measured, as it is kept in a file.
 *
 * @param environment where it was measured
 * @param measurements all runs, in the order of time
 */
record Results(Map<String, String> environment, List<Measurement> measurements) {

	private static final JsonMapper MAPPER = JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

	static Results read(Path file) {
		return MAPPER.readValue(file, Results.class);
	}

	void write(Path file) {
		MAPPER.writeValue(file, this);
	}

}
