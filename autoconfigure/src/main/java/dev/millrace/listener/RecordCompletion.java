package dev.millrace.listener;

import java.util.List;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.AckPolicy;
import dev.millrace.NackRecord;
import dev.millrace.RecordControl;
import dev.millrace.RejectRecord;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.Delivery;
import dev.millrace.monitor.Outcome;
import dev.millrace.monitor.SubscriberMonitor;
import dev.millrace.publisher.RecordSender;
import dev.millrace.publisher.ReplyPublisher;

/**
 * What happens to a record when its handler has returned or failed: publish what it
 * returned, wait for the broker's confirmation, under {@code MANUAL} wait for the
 * handler's decision, and only then let the offset go. A failure repeats the step that
 * failed: a handler that has returned is not called again because its result could not be
 * sent.
 */
final class RecordCompletion {

	private final RecordSender sender;

	private final FailureHandler failures;

	private final SubscriberMonitor monitor;

	private final boolean manual;

	private final RecordHandler again;

	/**
	 * Create the completion of a subscriber's records.
	 * @param sender sends what handlers return
	 * @param failures decides what becomes of a record that failed
	 * @param monitor counts
	 * @param ackPolicy what finishes a record
	 * @param again handles a record again from the beginning
	 */
	RecordCompletion(RecordSender sender, FailureHandler failures, SubscriberMonitor monitor, AckPolicy ackPolicy,
			RecordHandler again) {
		this.sender = sender;
		this.failures = failures;
		this.monitor = monitor;
		this.manual = ackPolicy == AckPolicy.MANUAL;
		this.again = again;
	}

	void returned(InFlightRecord record, Delivery delivery, ReplyPublisher publisher, @Nullable Object value) {
		if (!isDecidedAgainst(record, delivery)) {
			publish(record, delivery, publisher, value);
		}
	}

	void returned(InFlightRecord record, Delivery delivery, List<ProducerRecord<byte[], byte[]>> outgoing) {
		if (!isDecidedAgainst(record, delivery)) {
			send(record, delivery, outgoing);
		}
	}

	// The first decision counts: what was decided before the exception is done.
	void failed(InFlightRecord record, Delivery delivery, Throwable failure) {
		RecordControl decision = delivery.decision();
		if (decision != null) {
			this.failures.decidedThenFailed(record, decision, failure, this.again);
			return;
		}
		this.failures.failed(record, failure, this.again);
	}

	private boolean isDecidedAgainst(InFlightRecord record, Delivery delivery) {
		RecordControl decision = delivery.decision();
		if (decision instanceof NackRecord || decision instanceof RejectRecord) {
			this.failures.decided(record, decision, this.again);
			return true;
		}
		return false;
	}

	private void publish(InFlightRecord record, Delivery delivery, ReplyPublisher publisher, @Nullable Object value) {
		try {
			List<ProducerRecord<byte[], byte[]>> outgoing = (value != null) ? publisher.prepare(record.record(), value)
					: List.of();
			send(record, delivery, outgoing);
		}
		catch (Throwable ex) {
			this.failures.failed(record, ex, (again) -> {
				publish(again, delivery, publisher, value);
				return null;
			});
		}
	}

	private void send(InFlightRecord record, Delivery delivery, List<ProducerRecord<byte[], byte[]>> outgoing) {
		if (outgoing.isEmpty()) {
			confirmed(record, delivery);
			return;
		}
		this.sender.send(outgoing, (unsent, failure) -> {
			if (failure == null) {
				confirmed(record, delivery);
				return;
			}
			this.failures.sendFailed(record, failure, (again) -> {
				send(again, delivery, unsent);
				return null;
			});
		});
	}

	private void confirmed(InFlightRecord record, Delivery delivery) {
		if (this.manual) {
			delivery.decided().thenAccept((decision) -> this.failures.decided(record, decision, this.again));
			return;
		}
		this.monitor.count(Outcome.PROCESSED);
		record.finish();
	}

}
