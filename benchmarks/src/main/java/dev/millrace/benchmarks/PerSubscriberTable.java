package dev.millrace.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.millrace.benchmarks.application.StartUpApplication;

/**
 * Table of what each further subscriber takes: time to start, and memory.
 *
 * @param arms what the benchmark of the start-up has measured
 */
record PerSubscriberTable(Arms arms) {

	private static final List<Measure> MEASURES = List.of(new Measure(StartUpApplication.SECONDS, "ms", 1000),
			new Measure(StartUpApplication.HEAP, "KiB", 1024));

	String toMarkdown() {
		List<Column> columns = Arrays.stream(StartUpBenchmark.SIZES)
			.filter((size) -> size > 1)
			.boxed()
			.flatMap((size) -> MEASURES.stream().map((measure) -> new Column(size, measure)))
			.toList();
		String head = columns.stream()
			.map((column) -> " of %d, %s |".formatted(column.size(), column.measure().unit()))
			.collect(Collectors.joining("", "| Each further one |", "\n|---|" + "---|".repeat(columns.size()) + "\n"));
		return Stream.of(true, false)
			.flatMap((shared) -> Arrays.stream(ListenerSource.Kind.values())
				.map((kind) -> new ListenerSource(kind, 1, shared)))
			.map((first) -> columns.stream()
				.map((column) -> " %s |".formatted(further(first, column)))
				.collect(Collectors.joining("", "| %s |".formatted(first.describeKind()), "\n")))
			.collect(Collectors.joining("", head, ""));
	}

	private String further(ListenerSource first, Column column) {
		Measure measure = column.measure();
		Optional<Double> one = median(first, measure);
		Optional<Double> all = median(first.withMethods(column.size()), measure);
		if (one.isEmpty() || all.isEmpty()) {
			return "-";
		}
		return ResultTable.format((all.get() - one.get()) * measure.scale() / (column.size() - 1));
	}

	private Optional<Double> median(ListenerSource source, Measure measure) {
		if (!this.arms.names().contains(source.describe())) {
			return Optional.empty();
		}
		return this.arms.sample(source.describe(), measure.name()).map(Sample::median);
	}

	/**
	 * What is measured.
	 *
	 * @param name its name in the results
	 * @param unit the unit that it is shown in
	 * @param scale how many of that unit one is
	 */
	private record Measure(String name, String unit, int scale) {

	}

	/**
	 * Column of the table.
	 *
	 * @param size how many subscribers
	 * @param measure what of them
	 */
	private record Column(int size, Measure measure) {

	}

}
