package dev.millrace.console.topics;

import java.util.List;

import org.jspecify.annotations.Nullable;

import dev.millrace.console.record.RecordView;

/**
 * Some records of a topic.
 *
 * @param records the records
 * @param next where the next page begins, or {@code null} when there are no more
 * @param read how many records were looked at
 * @param late whether the search was given up because it took too long; the next page
 * goes on with it
 */
record RecordPage(List<RecordView> records, @Nullable String next, long read, boolean late) {

	RecordPage {
		records = List.copyOf(records);
	}

}
