package dev.millrace.benchmarks;

import java.time.Duration;
import java.util.stream.Stream;

/**
 * What else runs on the machine while an application is measured.
 */
final class OtherWork {

	private final long start = System.nanoTime();

	private final Duration ownAtStart = own();

	OtherWork() {
		// The next call counts from here
		Environment.operatingSystem().getCpuLoad();
	}

	/**
	 * Return how many processors were taken, since this object exists, by what is neither
	 * this process nor started by it.
	 * @return the average number of processors
	 */
	double processors() {
		double busy = Environment.operatingSystem().getCpuLoad() * Runtime.getRuntime().availableProcessors();
		double own = own().minus(this.ownAtStart).toNanos() / (double) (System.nanoTime() - this.start);
		return Math.max(0, busy - own);
	}

	private static Duration own() {
		ProcessHandle current = ProcessHandle.current();
		return Stream.concat(Stream.of(current), current.descendants())
			.flatMap((process) -> process.info().totalCpuDuration().stream())
			.reduce(Duration.ZERO, Duration::plus);
	}

}
