package dev.millrace.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

import org.apache.kafka.clients.producer.ProducerRecord;
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
	 * Return the dead letters that have been replayed.
	 * @param cancelled ends the reading of the log, also when no record comes
	 * @return their positions, as text; not all when it was cancelled
	 */
	Set<String> replayed(BooleanSupplier cancelled) {
		Set<String> replayed = new HashSet<>();
		read(cancelled, (entry) -> replayed.add(entry.letter()));
		return replayed;
	}

	List<ReplayEntry> entries(String subscriber) {
		List<ReplayEntry> entries = new ArrayList<>();
		read(RecordScan.TO_THE_END, (entry) -> {
			if (entry.subscriber().equals(subscriber)) {
				entries.add(entry);
			}
		});
		return entries;
	}

	private void read(BooleanSupplier cancelled, Consumer<ReplayEntry> reader) {
		// Asked first: a consumer that looks for a topic may create it, not compacted.
		if (this.scan.topics().contains(this.topic)) {
			this.scan.scan(List.of(this.topic), null, cancelled, (record) -> {
				reader.accept(this.mapper.readValue(record.value(), ReplayEntry.class));
				return true;
			});
		}
	}

}
