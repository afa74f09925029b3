package dev.millrace.deadletter;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
	 * @return their positions, as text
	 */
	Set<String> replayed() {
		Set<String> replayed = new HashSet<>();
		read((entry) -> replayed.add(entry.letter()));
		return replayed;
	}

	List<ReplayEntry> entries(String subscriber) {
		List<ReplayEntry> entries = new ArrayList<>();
		read((entry) -> {
			if (entry.subscriber().equals(subscriber)) {
				entries.add(entry);
			}
		});
		return entries;
	}

	private void read(Consumer<ReplayEntry> reader) {
		// Asked first: a consumer that looks for a topic may create it, not compacted.
		if (this.scan.topics().contains(this.topic)) {
			this.scan.scan(List.of(this.topic), null, (record) -> {
				reader.accept(this.mapper.readValue(record.value(), ReplayEntry.class));
				return true;
			});
		}
	}

}
