package dev.millrace.benchmarks;

/**
 * How much of the full measurement is made: less of it only shows that everything works.
 */
final class Scale {

	private static final double SCALE = Double.parseDouble(System.getProperty("benchmarks.scale", "1"));

	private Scale() {
	}

	static int of(int full) {
		return Math.max(1, (int) (full * SCALE));
	}

}
