package dev.millrace.config;

import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import dev.millrace.StreamConfigurationException;
import dev.millrace.endpoint.AssignedPartition;
import dev.millrace.endpoint.AssignedPartition.Start;
import dev.millrace.endpoint.Subscription;
import dev.millrace.endpoint.TopicName;

/**
 * Reads the partitions that a subscriber has for itself.
 */
final class PartitionReader {

	private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(?:-(\\d{1,9}))?");

	private final String where;

	private final String prefix;

	PartitionReader(String where, String prefix) {
		this.where = where;
		this.prefix = prefix;
	}

	Subscription read(List<NamedPartitions> named) {
		List<AssignedPartition> partitions = named.stream().flatMap(this::read).toList();
		List<String> names = partitions.stream().map(AssignedPartition::toString).toList();
		names.forEach((name) -> refuse(Collections.frequency(names, name) > 1, "has the partition " + name + " twice",
				"Name each once."));
		return new Subscription.Partitions(partitions);
	}

	private Stream<AssignedPartition> read(NamedPartitions named) {
		refuse(named.topic() == null, "has partitions of no topic", "Name the topic of each @StreamPartition.");
		String topic = this.prefix + named.topic();
		TopicName.check(topic, this.where);
		refuse(named.ranges().isEmpty(), "names no partition of the topic '" + topic + "'",
				"Name some: partitions = { \"0-3\", \"7\" }.");
		String offset = named.offset();
		return named.ranges()
			.stream()
			.flatMapToInt(this::numbers)
			.mapToObj((number) -> new AssignedPartition(topic, number, start(offset), offset(offset)));
	}

	private IntStream numbers(String range) {
		Matcher matcher = RANGE.matcher(range);
		refuse(!matcher.matches(), "has the partitions '" + range + "'",
				"Write a number or a range: \"7\" or \"0-3\".");
		int first = Integer.parseInt(matcher.group(1));
		int last = (matcher.group(2) != null) ? Integer.parseInt(matcher.group(2)) : first;
		refuse(last < first, "has the partitions '" + range + "'", "Begin a range with its lowest number.");
		return IntStream.rangeClosed(first, last);
	}

	private Start start(@Nullable String offset) {
		if (offset == null) {
			return Start.COMMITTED;
		}
		if (offset.matches("\\d{1,18}")) {
			return Start.OFFSET;
		}
		for (Start start : List.of(Start.COMMITTED, Start.EARLIEST, Start.LATEST)) {
			if (start.name().toLowerCase(Locale.ROOT).equals(offset)) {
				return start;
			}
		}
		throw new StreamConfigurationException("%s has partitions with the offset '%s'.".formatted(this.where, offset),
				"Write committed, earliest, latest or an offset.");
	}

	private long offset(@Nullable String offset) {
		return (offset != null && start(offset) == Start.OFFSET) ? Long.parseLong(offset) : 0;
	}

	private void refuse(boolean broken, String problem, String action) {
		if (broken) {
			throw new StreamConfigurationException(this.where + " " + problem + ".", action);
		}
	}

	/**
	 * Partitions of one topic, as they were declared.
	 *
	 * @param topic the topic
	 * @param ranges numbers and ranges of numbers
	 * @param offset where they are read from, or {@code null} for the committed offset
	 */
	record NamedPartitions(@Nullable String topic, List<String> ranges, @Nullable String offset) {

	}

}
