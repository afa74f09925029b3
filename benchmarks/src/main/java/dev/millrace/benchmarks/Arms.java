package dev.millrace.benchmarks;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Measurements by the arms that they are of, in the order in which they were first
 * measured.
 */
final class Arms {

	private final Map<String, List<Measurement>> runs;

	Arms(List<Measurement> measurements) {
		this.runs = measurements.stream()
			.collect(Collectors.groupingBy(Measurement::arm, LinkedHashMap::new, Collectors.toList()));
	}

	Set<String> names() {
		return this.runs.keySet();
	}

	/**
	 * Return the names of all values; the first is the one to be compared.
	 * @return the names
	 */
	List<String> values() {
		return this.runs.values()
			.stream()
			.flatMap(Collection::stream)
			.flatMap((run) -> run.values().keySet().stream())
			.distinct()
			.toList();
	}

	List<Measurement> runs(String arm) {
		return Objects.requireNonNull(this.runs.get(arm));
	}

	Optional<Sample> sample(String arm, String value) {
		return Sample.of(runs(arm).stream()
			.map((run) -> run.values().get(value))
			.filter(Objects::nonNull)
			.mapToDouble((v) -> v));
	}

	/**
	 * Return how an arm compares with its baseline in the same rounds.
	 * @param arm the arm
	 * @return the ratios
	 */
	Optional<Sample> ratio(String arm) {
		List<Measurement> measured = runs(arm);
		String baseline = measured.get(0).baseline();
		if (arm.equals(baseline)) {
			return Sample.of(DoubleStream.of(1));
		}
		return Sample.of(measured.stream()
			.flatMapToDouble((run) -> this.runs.getOrDefault(baseline, List.of())
				.stream()
				.filter((other) -> other.round() == run.round())
				.mapToDouble((other) -> run.compared() / other.compared())));
	}

}
