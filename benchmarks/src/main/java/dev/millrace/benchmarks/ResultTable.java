package dev.millrace.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * Table of medians, one row for each arm.
 */
final class ResultTable {

	private final Map<String, List<Measurement>> arms;

	ResultTable(List<Measurement> measurements) {
		this.arms = measurements.stream()
			.collect(Collectors.groupingBy(Measurement::arm, LinkedHashMap::new, Collectors.toList()));
	}

	String toMarkdown() {
		List<Measurement> first = this.arms.values().iterator().next();
		List<String> names = List.copyOf(first.get(0).values().keySet());
		StringBuilder table = new StringBuilder("| |");
		names.forEach((name) -> table.append(' ').append(name).append(" |"));
		table.append(" ratio | runs |\n|---|").append("---|".repeat(names.size())).append("---|---|\n");
		this.arms.forEach((arm, runs) -> {
			table.append("| ").append(arm).append(" |");
			names.forEach((name) -> table.append(' ').append(cell(runs, (run) -> run.value(name))).append(" |"));
			table.append(" %s | %d |%n".formatted(ratio(runs, names.get(0)), runs.size()));
		});
		return table.toString();
	}

	private String ratio(List<Measurement> runs, String name) {
		List<Measurement> baseline = this.arms.get(runs.get(0).baseline());
		if (baseline == null || baseline == runs) {
			return "1";
		}
		return cell(runs, (run) -> run.value(name) / baseline.get(run.round() - 1).value(name));
	}

	private static String cell(List<Measurement> runs, Function<Measurement, Double> value) {
		double[] sorted = runs.stream().map(value).flatMapToDouble(DoubleStream::of).sorted().toArray();
		double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		if (sorted[0] == sorted[sorted.length - 1]) {
			return format(median);
		}
		return "%s (%s-%s)".formatted(format(median), format(sorted[0]), format(sorted[sorted.length - 1]));
	}

	private static String format(double value) {
		return String.format(Locale.ROOT, (value >= 100 || value == Math.rint(value)) ? "%,.0f" : "%.2f", value);
	}

}
