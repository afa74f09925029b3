package dev.millrace.listener;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.dispatch.Assignment;

/**
 * How partitions were given up: what was finished, what was committed and what was
 * interrupted. Safe for use by several threads.
 */
final class ShutdownReport {

	/**
	 * How many records are named at most.
	 */
	private static final int LIMIT = 20;

	private final List<String> committed = new ArrayList<>();

	private final List<String> interrupted = new ArrayList<>();

	private int finished;

	private int waiting;

	synchronized void add(Assignment.Release release, @Nullable Long committed) {
		this.finished += release.finished();
		this.waiting += release.waiting();
		if (committed != null) {
			this.committed.add(release.partition() + "@" + committed);
		}
		release.interrupted().forEach((record) -> this.interrupted.add(describe(record)));
	}

	synchronized boolean isClean() {
		return this.interrupted.isEmpty();
	}

	@Override
	public synchronized String toString() {
		return "%d records finished meanwhile, %d waiting; committed: %s; interrupted: %s".formatted(this.finished,
				this.waiting, list(this.committed), list(this.interrupted));
	}

	private static String list(List<String> entries) {
		if (entries.isEmpty()) {
			return "none";
		}
		String list = entries.stream().sorted().limit(LIMIT).collect(Collectors.joining(", "));
		return (entries.size() > LIMIT) ? list + " and %d more".formatted(entries.size() - LIMIT) : list;
	}

	private static String describe(ConsumerRecord<byte[], byte[]> record) {
		String coordinates = record.topic() + "-" + record.partition() + "@" + record.offset();
		return (record.key() != null)
				? "%s (key %s)".formatted(coordinates, new String(record.key(), StandardCharsets.UTF_8)) : coordinates;
	}

}
