package dev.millrace.listener;

import org.apache.kafka.common.TopicPartition;

/**
 * Partition of a retry topic that is read. Only the consumer's thread calls.
 */
final class RetryPartition {

	private final TopicPartition source;

	private final TopicPartition retries;

	private final ParkedRecordHandler handler;

	private State state = State.NEW;

	private long begin;

	private long end;

	private long notBefore;

	RetryPartition(TopicPartition source, String topic, ParkedRecordHandler handler, long now) {
		this.source = source;
		this.retries = new TopicPartition(topic, source.partition());
		this.handler = handler;
		this.notBefore = now;
	}

	TopicPartition source() {
		return this.source;
	}

	TopicPartition retries() {
		return this.retries;
	}

	ParkedRecordHandler handler() {
		return this.handler;
	}

	State state() {
		return this.state;
	}

	long begin() {
		return this.begin;
	}

	long end() {
		return this.end;
	}

	boolean isDue(long now) {
		return now - this.notBefore >= 0;
	}

	void postpone(long notBefore) {
		this.notBefore = notBefore;
	}

	/**
	 * Take note of where to read.
	 * @param begin the committed offset
	 * @param end the end, as it was when the partition had been assigned
	 */
	void found(long begin, long end) {
		this.begin = begin;
		this.end = end;
		this.state = State.SCANNED;
	}

	void read() {
		this.state = State.READ;
	}

	/**
	 * How far the reader has come.
	 */
	enum State {

		/** Nothing is known. */
		NEW,

		/** Looked through for keys, not to be handled yet. */
		SCANNED,

		/** Read and handled. */
		READ

	}

}
