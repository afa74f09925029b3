package dev.millrace.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * Table of medians, one row for each arm.
 *
 * @param arms what was measured
 */
record ResultTable(Arms arms) {

	String toMarkdown() {
		boolean guarantees = this.arms.names()
			.stream()
			.flatMap((arm) -> this.arms.runs(arm).stream())
			.anyMatch((run) -> run.guarantee() != null);
		List<String> values = this.arms.values();
		StringBuilder table = new StringBuilder("| | ").append(String.join(" | ", values)).append(" | ratio | runs |");
		table.append(guarantees ? " invoices |\n" : "\n").append("|---|").append("---|".repeat(values.size() + 2));
		table.append(guarantees ? "---|\n" : "\n");
		for (String arm : this.arms.names()) {
			table.append("| ").append(arm).append(" |");
			values.forEach((value) -> table.append(' ').append(cell(this.arms.sample(arm, value))).append(" |"));
			table.append(" %s | %d |".formatted(cell(this.arms.ratio(arm)), this.arms.runs(arm).size()));
			String guarantee = Objects.requireNonNullElse(this.arms.runs(arm).get(0).guarantee(), "-");
			table.append(guarantees ? " %s |\n".formatted(guarantee) : "\n");
		}
		return table.toString();
	}

	static String format(double value) {
		boolean whole = Math.abs(value) >= 100 || value == Math.rint(value);
		return String.format(Locale.ROOT, whole ? "%,.0f" : "%.2f", value);
	}

	private static String cell(Optional<Sample> sample) {
		return sample.map((values) -> {
			String median = format(values.median());
			return values.isSpread()
					? "%s (%s-%s)".formatted(median, format(values.smallest()), format(values.largest())) : median;
		}).orElse("-");
	}

}
