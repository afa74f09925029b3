package dev.millrace.console.topics;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where a page has ended: of each partition the offset that the next one begins at, or,
 * backwards, ends before. As text, {@code 0@17,1@4}.
 *
 * @param offsets the offsets by partition
 */
record RecordCursor(Map<Integer, Long> offsets) {

	RecordCursor {
		offsets = new TreeMap<>(offsets);
	}

	static RecordCursor parse(String text) {
		try {
			return new RecordCursor(Arrays.stream(text.split(",", -1))
				.map((each) -> each.split("@", 2))
				.collect(Collectors.toMap((pair) -> Integer.valueOf(pair[0]), (pair) -> Long.valueOf(pair[1]))));
		}
		catch (NumberFormatException | ArrayIndexOutOfBoundsException | IllegalStateException ex) {
			throw new IllegalArgumentException("Not where a page has ended: " + text, ex);
		}
	}

	@Override
	public String toString() {
		return this.offsets.entrySet()
			.stream()
			.map((entry) -> entry.getKey() + "@" + entry.getValue())
			.collect(Collectors.joining(","));
	}

}
