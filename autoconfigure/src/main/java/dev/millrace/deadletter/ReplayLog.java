package dev.millrace.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Says of each dead letter that was replayed who has replayed it, in a compacted topic.
 */
final class ReplayLog {

	private final JsonMapper mapper = new JsonMapper();

	private final String topic;

	private final RecordScan scan;

	ReplayLog(String topic, RecordScan scan) {
		this.topic = topic;
		this.scan = scan;
	}

	String topic() {
		return this.topic;
	}

	ProducerRecord<byte[], byte[]> record(ReplayEntry entry) {
		return new ProducerRecord<>(this.topic, entry.letter().getBytes(StandardCharsets.UTF_8),
				this.mapper.writeValueAsBytes(entry));
	}

	/**
	 * Wait until all that was written until now can be read. The subscribers share the
	 * log, so that one whose application has died hides what others have replayed.
	 * @param cancelled ends the wait
	 */
	void settle(BooleanSupplier cancelled) {
		this.scan.awaitTransactions(this.topic, cancelled);
	}

	/**
	 * Return the dead letters that have been replayed.
	 * @param cancelled ends the reading of the log, also when no record comes
	 * @return the dead letters; not all when it was cancelled
	 */
	ReplayedLetters replayed(BooleanSupplier cancelled) {
		ReplayedLetters replayed = new ReplayedLetters();
		read(cancelled, (letter, entry) -> {
			if (entry != null) {
				replayed.add(entry);
			}
			else {
				replayed.remove(letter);
			}
		});
		return replayed;
	}

	List<ReplayEntry> entries(String subscriber) {
		List<ReplayEntry> entries = new ArrayList<>();
		read(RecordScan.TO_THE_END, (letter, entry) -> {
			if (entry != null && entry.subscriber().equals(subscriber)) {
				entries.add(entry);
			}
		});
		return entries;
	}

	private void read(BooleanSupplier cancelled, Reader reader) {
		// Asked first: a consumer that looks for a topic may create it, not compacted.
		if (this.scan.topics().contains(this.topic)) {
			this.scan.scan(List.of(this.topic), null, cancelled, (record) -> {
				reader.read(new String(record.key(), StandardCharsets.UTF_8),
						(record.value() != null) ? this.mapper.readValue(record.value(), ReplayEntry.class) : null);
				return true;
			});
		}
	}

	/**
	 * Reads entries.
	 */
	@FunctionalInterface
	private interface Reader {

		/**
		 * Read an entry.
		 * @param letter the dead letter
		 * @param entry what is said of it, or {@code null} when somebody has removed that
		 */
		void read(String letter, @Nullable ReplayEntry entry);

	}

}
