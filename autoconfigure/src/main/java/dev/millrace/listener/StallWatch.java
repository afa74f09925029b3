package dev.millrace.listener;

import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.TimeUnit;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import dev.millrace.dispatch.Assignment;
import dev.millrace.dispatch.InFlightRecord;

/**
 * Keeps an eye on the records that hold up the commits of one consumer: makes the oldest
 * known, and reports, once for each, those that have been unfinished for too long. Only
 * the consumer's thread calls.
 */
final class StallWatch {

	private static final Log logger = LogFactory.getLog(StallWatch.class);

	private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(200);

	private final Set<InFlightRecord> reported = Collections.newSetFromMap(new WeakHashMap<>());

	private final SubscriberRuntime runtime;

	private final Assignment assignment;

	private long lastNanos;

	StallWatch(SubscriberRuntime runtime, Assignment assignment) {
		this.runtime = runtime;
		this.assignment = assignment;
		this.lastNanos = System.nanoTime() - INTERVAL;
	}

	/**
	 * Look, unless that was done a moment ago.
	 * @param now the time
	 */
	void lookIfDue(long now) {
		if (now - this.lastNanos >= INTERVAL) {
			this.lastNanos = now;
			look();
		}
	}

	void look() {
		SessionView view = SessionView.of(this.assignment);
		this.runtime.seen(this, view);
		view.oldest().stream().filter(this::isStalled).filter(this.reported::add).forEach(this::report);
	}

	private boolean isStalled(InFlightRecord record) {
		return record.age().compareTo(this.runtime.endpoint().flow().stallTimeout()) > 0;
	}

	private void report(InFlightRecord record) {
		logger.warn("%s: the record %s has not been finished for %d s; nothing behind it can be committed".formatted(
				this.runtime.endpoint().describe(), SubscriberRuntime.describe(record), record.age().toSeconds()));
	}

}
