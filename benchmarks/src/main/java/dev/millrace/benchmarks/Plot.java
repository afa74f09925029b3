package dev.millrace.benchmarks;

import java.util.Locale;
import java.util.function.Function;

/**
 * Bars of the medians, with lines from the smallest to the largest, as an SVG image.
 *
 * @param arms what was measured
 */
record Plot(Arms arms) {

	private static final int LABELS = 380;

	private static final int BARS = 400;

	private static final int NUMBERS = 100;

	private static final int ROW = 26;

	private static final String OWN = "Millrace";

	String toSvg() {
		String value = this.arms.values().get(0);
		double largest = this.arms.names()
			.stream()
			.flatMap((arm) -> this.arms.sample(arm, value).stream())
			.mapToDouble(Sample::largest)
			.max()
			.orElse(1);
		int width = LABELS + BARS + NUMBERS;
		int height = ROW * (this.arms.names().size() + 2);
		StringBuilder svg = new StringBuilder();
		svg.append(
				"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\" font-size=\"13\">%n"
					.formatted(width, height));
		svg.append("<rect width=\"%d\" height=\"%d\" fill=\"white\"/>%n".formatted(width, height));
		svg.append("<text x=\"%d\" y=\"18\" font-weight=\"bold\">%s</text>%n".formatted(LABELS, escape(value)));
		int top = ROW;
		for (String arm : this.arms.names()) {
			int row = top;
			this.arms.sample(arm, value)
				.ifPresent((sample) -> svg.append(row(arm, sample, row, (number) -> LABELS + BARS * number / largest)));
			top += ROW;
		}
		return svg.append("</svg>\n").toString();
	}

	private static String row(String arm, Sample sample, int top, Function<Double, Double> position) {
		double median = Math.max(LABELS, position.apply(sample.median()));
		double end = Math.max(LABELS, position.apply(sample.largest()));
		return String.format(Locale.ROOT, """
				<text x="%d" y="%d" text-anchor="end">%s</text>
				<rect x="%d" y="%d" width="%.1f" height="%d" fill="%s"/>
				<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="black"/>
				<text x="%.1f" y="%d">%s</text>
				""", LABELS - 8, top + 17, escape(arm), LABELS, top + 4, median - LABELS, ROW - 8,
				arm.startsWith(OWN) ? "#2f7ed8" : "#b0b0b0", Math.max(LABELS, position.apply(sample.smallest())),
				top + ROW / 2, end, top + ROW / 2, end + 6, top + 17, ResultTable.format(sample.median()));
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;");
	}

}
