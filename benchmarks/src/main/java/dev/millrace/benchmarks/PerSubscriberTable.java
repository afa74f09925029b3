package dev.millrace.benchmarks;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.millrace.benchmarks.application.StartUpApplication;

/**
 * Table of the memory that each further subscriber takes.
 *
 * @param arms what the benchmark of the start-up has measured
 */
record MemoryTable(Arms arms) {

	String toMarkdown() {
		int[] sizes = Arrays.stream(StartUpBenchmark.SIZES).filter((size) -> size > 1).toArray();
		String head = Arrays.stream(sizes)
			.mapToObj((size) -> " of %d, KiB |".formatted(size))
			.collect(Collectors.joining("", "| Each further one |", "\n|---|" + "---|".repeat(sizes.length) + "\n"));
		return Stream.of(true, false)
			.flatMap((shared) -> Arrays.stream(ListenerSource.Kind.values())
				.map((kind) -> new ListenerSource(kind, 1, shared)))
			.map((first) -> Arrays.stream(sizes)
				.mapToObj((size) -> " %s |".formatted(further(first, first.withMethods(size))))
				.collect(Collectors.joining("", "| %s |".formatted(first.describeKind()), "\n")))
			.collect(Collectors.joining("", head, ""));
	}

	private String further(ListenerSource first, ListenerSource source) {
		Optional<Double> one = heap(first);
		Optional<Double> all = heap(source);
		if (one.isEmpty() || all.isEmpty()) {
			return "-";
		}
		return ResultTable.format((all.get() - one.get()) * 1024 / (source.methods() - 1));
	}

	private Optional<Double> heap(ListenerSource source) {
		if (!this.arms.names().contains(source.describe())) {
			return Optional.empty();
		}
		return this.arms.sample(source.describe(), StartUpApplication.HEAP).map(Sample::median);
	}

}
