package dev.millrace.deadletter;

import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Where a record is. As text, {@code topic-partition@offset}.
 *
 * @param topic the topic
 * @param partition the partition
 * @param offset the offset
 */
public record RecordPosition(String topic, int partition, long offset) implements Comparable<RecordPosition> {

	private static final Pattern TEXT = Pattern.compile("(.+)-(\\d{1,9})@(\\d{1,18})");

	private static final Comparator<RecordPosition> ORDER = Comparator.comparing(RecordPosition::topic)
		.thenComparingInt(RecordPosition::partition)
		.thenComparingLong(RecordPosition::offset);

	/**
	 * Read a position.
	 * @param text the text
	 * @return the position
	 * @throws IllegalArgumentException when the text is none
	 */
	public static RecordPosition parse(String text) {
		Matcher matcher = TEXT.matcher(text.strip());
		if (!matcher.matches()) {
			throw new IllegalArgumentException(
					"'" + text + "' is no position of a record: write topic-partition@offset, such as orders-dlt-0@17");
		}
		return new RecordPosition(matcher.group(1), Integer.parseInt(matcher.group(2)),
				Long.parseLong(matcher.group(3)));
	}

	static RecordPosition of(ConsumerRecord<?, ?> record) {
		return new RecordPosition(record.topic(), record.partition(), record.offset());
	}

	@Override
	public int compareTo(RecordPosition other) {
		return ORDER.compare(this, other);
	}

	@Override
	public String toString() {
		return this.topic + "-" + this.partition + "@" + this.offset;
	}

}
