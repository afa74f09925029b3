package dev.millrace.chaos;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Short account of a run, line by line while it lasts and in a file when it is over.
 */
final class ChaosReport {

	private static final Path FILE = Path.of("target", "chaos-report.txt");

	private final List<String> lines = new ArrayList<>();

	private final long created = System.nanoTime();

	private long began;

	ChaosReport(Plan plan) {
		print("Chaos: -Dchaos.seed=%d, %d records by %s, %d a second, handlers wait %.1f ms on average", plan.seed(),
				plan.records(), plan.ordering(), plan.recordsPerSecond(), plan.meanWait().toNanos() / 1e6);
	}

	void begin() {
		this.began = System.nanoTime();
		print("Everything runs after %.1f s", seconds(this.began - this.created));
	}

	void disturbance(Disturbance disturbance, String target) {
		boolean lasts = disturbance.kind() == Disturbance.Kind.PAUSE_APPLICATION;
		print("%8.1f s  %s %s%s", seconds(System.nanoTime() - this.began), disturbance.kind(), target,
				lasts ? " for " + disturbance.length() : "");
	}

	void end(Evidence evidence, Verdict verdict) {
		History history = evidence.history();
		print("%8.1f s  over, %d applications in all", seconds(System.nanoTime() - this.began), history.lives().size());
		for (Interval outage : evidence.chronicle().outages()) {
			print("Not all replicas in sync: %.1f s from %.1f s", seconds(outage.length()),
					seconds(outage.from() - this.began));
		}
		int replies = evidence.replies().values().stream().mapToInt(Integer::intValue).sum();
		print("%d records, %d handlings, %d replies", evidence.input().ids().size(), history.handlings().size(),
				replies);
		print("Handled again: %s", verdict.duplicates());
		print("Two applications at a time in a lane: %s", verdict.overlaps());
		Interval silence = history.longestSilence();
		print("Longest time without progress: %.1f s from %.1f s", seconds(silence.length()),
				seconds(silence.from() - this.began));
		print("Violations: %d", verdict.violationCount());
		verdict.violations().forEach((violation) -> print("- %s", violation));
		print("Judged after %.1f s", seconds(System.nanoTime() - this.created));
		write();
	}

	private void print(String text, Object... arguments) {
		String line = String.format(Locale.ROOT, text, arguments);
		this.lines.add(line);
		System.out.println(line);
	}

	private void write() {
		try {
			Files.createDirectories(FILE.getParent());
			Files.write(FILE, this.lines);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static double seconds(long nanos) {
		return nanos / 1e9;
	}

}
