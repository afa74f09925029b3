package dev.millrace.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

import dev.millrace.StreamRecord;

/**
 * Records as failures show them.
 */
final class RecordText {

	private static final int MOST = 20;

	private RecordText() {
	}

	static String of(List<StreamRecord> records) {
		if (records.isEmpty()) {
			return "none";
		}
		String text = records.stream().limit(MOST).map(RecordText::of).collect(Collectors.joining());
		return records.size() + ":" + text + ((records.size() > MOST) ? "%n  and more".formatted() : "");
	}

	private static String of(StreamRecord record) {
		byte[] value = record.source().value();
		return "%n  %d@%d key=%s body=%s headers=%s".formatted(record.partition(), record.offset(), record.key(),
				(value != null) ? new String(value, StandardCharsets.UTF_8) : "null", record.headers());
	}

}
