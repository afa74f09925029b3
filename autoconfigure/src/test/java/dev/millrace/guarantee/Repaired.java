package dev.millrace.guarantee;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import org.jspecify.annotations.Nullable;

import dev.millrace.AckPolicy;
import dev.millrace.DeadLetterHeaders;
import dev.millrace.NackRecord;
import dev.millrace.Ordering;
import dev.millrace.StreamRecord;
import dev.millrace.annotation.DeadLetter;
import dev.millrace.annotation.StreamSubscriber;

/**
 * Handlers that fail until they are mended.
 */
class Repaired {

	final Queue<StreamRecord> handled = new ConcurrentLinkedQueue<>();

	final Queue<List<String>> batches = new ConcurrentLinkedQueue<>();

	volatile boolean broken = true;

	/** The body of a record that is not handled for now. */
	volatile @Nullable String postponed;

	@StreamSubscriber(topics = "${in}", id = "repaired", ackPolicy = AckPolicy.REJECT_ON_ERROR)
	void handle(StreamRecord record) {
		work(record);
	}

	@StreamSubscriber(topics = "${in}-springs", id = "springs", ackPolicy = AckPolicy.REJECT_ON_ERROR)
	@DeadLetter(headers = DeadLetterHeaders.SPRING)
	void springs(StreamRecord record) {
		work(record);
	}

	@StreamSubscriber(topics = "${in}-batches", id = "batches", batch = true, maxWait = "100ms",
			ackPolicy = AckPolicy.REJECT_ON_ERROR)
	void batch(List<String> bodies) {
		this.batches.add(bodies);
		if (this.broken) {
			throw new IllegalStateException("broken");
		}
	}

	@StreamSubscriber(topics = "${in}-keyed", id = "keyed", ordering = Ordering.KEY,
			ackPolicy = AckPolicy.REJECT_ON_ERROR)
	void keyed(String body, StreamRecord record) {
		if (body.equals(this.postponed)) {
			throw new NackRecord(Duration.ofHours(1));
		}
		work(record);
	}

	@StreamSubscriber(topics = "${in}-transactional", id = "transactional", exactlyOnce = true)
	void transactional(String body) {
	}

	@StreamSubscriber(topics = "${in}", id = "other", ackPolicy = AckPolicy.REJECT_ON_ERROR)
	void other(String body) {
		throw new IllegalStateException("other");
	}

	private void work(StreamRecord record) {
		if (this.broken) {
			throw "odd".equals(record.key()) ? new UnsupportedOperationException("odd")
					: new IllegalStateException("broken");
		}
		this.handled.add(record);
	}

}
