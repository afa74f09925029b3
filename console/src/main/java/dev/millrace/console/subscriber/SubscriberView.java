package dev.millrace.console.subscriber;

import java.util.List;

import dev.millrace.UnfinishedRecord;
import dev.millrace.actuate.SubscriberDetails;
import dev.millrace.actuate.SubscriberState;

/**
 * What the page shows.
 *
 * @param details all there is to say about the subscriber
 * @param windows what its consumers have of each partition
 * @param inFlight how many records were polled and are not finished
 * @param ageSeconds how long the oldest unfinished record has been unfinished, 0 when
 * there is none
 */
record SubscriberView(SubscriberDetails details, List<Window> windows, int inFlight, double ageSeconds) {

	SubscriberView {
		windows = List.copyOf(windows);
	}

	/**
	 * Leave out the key of the oldest unfinished record, which is contents.
	 * @return what everybody may see
	 */
	SubscriberView withoutContents() {
		SubscriberState state = this.details.state();
		UnfinishedRecord record = state.oldestUnfinished();
		if (record == null) {
			return this;
		}
		UnfinishedRecord oldest = new UnfinishedRecord(record.topic(), record.partition(), record.offset(), null,
				record.attempt(), record.age());
		SubscriberState bare = new SubscriberState(state.running(), state.paused(), state.concurrency(),
				state.maxRate(), state.lanes(), oldest, state.counts());
		return new SubscriberView(
				new SubscriberDetails(this.details.id(), this.details.reads(), this.details.groupId(),
						this.details.handlers(), bare, this.details.partitions(), this.details.settings()),
				this.windows, this.inFlight, this.ageSeconds);
	}

	/**
	 * What a consumer has of a partition.
	 *
	 * @param topic the topic
	 * @param partition the partition
	 * @param position the offset that is committed next
	 * @param fetchedTo the offset of the next record to be polled
	 * @param size how many records lie between the poll and the acknowledged commit
	 * @param unfinished how many of them are not finished
	 * @param high how many of them pause the partition
	 * @param paused whether it is paused because of them
	 */
	record Window(String topic, int partition, long position, long fetchedTo, long size, int unfinished, int high,
			boolean paused) {

	}

}
