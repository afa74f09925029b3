package dev.millrace.console.topics;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import dev.millrace.console.record.RecordView;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RecordSearch} in a topic that takes longer to read than a search may.
 */
@Timeout(30)
class RecordSearchTests {

	private static final TopicPartition PARTITION = new TopicPartition("t", 0);

	private static final int RECORDS = 60;

	private static final Duration PATIENCE = Duration.ofSeconds(1);

	private long now;

	@ParameterizedTest
	@CsvSource({ "newest, , 100", "newest, rare, 100", "newest, rare, 600", "oldest, , 100", "oldest, rare, 100",
			"oldest, rare, 600" })
	void pagesReachTheEndHoweverSlowlyRecordsCome(String start, @Nullable String text, long millis) {
		List<Long> found = new ArrayList<>();
		List<String> cursors = new ArrayList<>();
		String next = null;
		do {
			RecordPage page = page(start, text, next, Duration.ofMillis(millis));
			page.records().stream().map(RecordView::offset).forEach(found::add);
			next = page.next();
			assertThat(page.late()).isEqualTo(next != null);
			assertThat(cursors).doesNotContain(next);
			cursors.add(next);
		}
		while (next != null);

		List<Long> expected = new ArrayList<>(
				LongStream.range(0, RECORDS).filter((offset) -> text == null || isRare(offset)).boxed().toList());
		if (start.equals("newest")) {
			expected.sort((one, other) -> Long.compare(other, one));
		}
		assertThat(found).isEqualTo(expected);
	}

	private RecordPage page(String start, @Nullable String text, @Nullable String after, Duration perRecord) {
		RecordQuery query = new RecordQuery("t", null, RecordQuery.Start.valueOf(start.toUpperCase(Locale.ROOT)), null,
				null, text, 200, (after != null) ? RecordCursor.parse(after) : null);
		try (SlowConsumer consumer = new SlowConsumer(perRecord)) {
			return new RecordSearch(consumer, query, PATIENCE, () -> this.now).search(List.of(PARTITION));
		}
	}

	private static boolean isRare(long offset) {
		return offset % 25 == 0;
	}

	/**
	 * Hands out one record after the other, each of which takes its time.
	 */
	private final class SlowConsumer extends MockConsumer<byte[], byte[]> {

		private final Duration perRecord;

		private boolean filled;

		SlowConsumer(Duration perRecord) {
			super("none");
			this.perRecord = perRecord;
			setMaxPollRecords(1);
			updateBeginningOffsets(Map.of(PARTITION, 0L));
			updateEndOffsets(Map.of(PARTITION, (long) RECORDS));
		}

		@Override
		public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
			if (!this.filled) {
				LongStream.range(0, RECORDS)
					.mapToObj((offset) -> new ConsumerRecord<>("t", 0, offset, new byte[0],
							(isRare(offset) ? "rare" : "other").getBytes(StandardCharsets.UTF_8)))
					.forEach(this::addRecord);
				this.filled = true;
			}
			RecordSearchTests.this.now += this.perRecord.toNanos();
			return super.poll(timeout);
		}

	}

}
