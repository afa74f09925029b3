package dev.millrace.guarantee;

import org.apache.kafka.common.TopicPartition;

/**
 * One call of a handler. Moments are {@link System#nanoTime()}.
 *
 * @param instance the application
 * @param epoch when the partition was last assigned to the application, {@link #UNOWNED}
 * when it did not own the partition as the call began
 * @param partition the partition
 * @param offset the offset
 * @param key the key
 * @param seq the number of the record among those of its key, from 0
 * @param start when the call began
 * @param end when it ended, {@link #RUNNING} when it had not
 */
record Handling(String instance, long epoch, TopicPartition partition, long offset, String key, int seq, long start,
		long end) {

	static final long UNOWNED = Long.MIN_VALUE;

	static final long RUNNING = Long.MAX_VALUE;

	Handling endedAt(long moment) {
		return new Handling(this.instance, this.epoch, this.partition, this.offset, this.key, this.seq, this.start,
				moment);
	}

	boolean isEnded() {
		return this.end != RUNNING;
	}

	String toLine() {
		return String.join("\t", this.instance, "" + this.epoch, this.partition.topic(),
				"" + this.partition.partition(), "" + this.offset, this.key, "" + this.seq, "" + this.start,
				"" + this.end);
	}

	static Handling ofLine(String line) {
		String[] fields = line.split("\t");
		return new Handling(fields[0], Long.parseLong(fields[1]),
				new TopicPartition(fields[2], Integer.parseInt(fields[3])), Long.parseLong(fields[4]), fields[5],
				Integer.parseInt(fields[6]), Long.parseLong(fields[7]), Long.parseLong(fields[8]));
	}

}
