package dev.millrace.listener;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.AckPolicy;
import dev.millrace.AckRecord;
import dev.millrace.NackRecord;
import dev.millrace.RecordControl;
import dev.millrace.RejectRecord;
import dev.millrace.SkipRecord;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.endpoint.SubscriberEndpoint;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.Delivery;
import dev.millrace.monitor.Outcome;
import dev.millrace.monitor.SubscriberMonitor;
import dev.millrace.publisher.RecordScope;
import dev.millrace.publisher.RecordSender;
import dev.millrace.publisher.ReplyPublisher;

/**
 * What happens to a record when its handler has returned or failed: publish what it
 * returned, wait for the broker's confirmation, under {@code MANUAL} wait for the
 * handler's decision, wait for the confirmation of what the handler has published by
 * itself, and only then let the offset go. A failure repeats the step that failed: a
 * handler that has returned is not called again because its result could not be sent.
 */
final class RecordCompletion {

	private static final Log logger = LogFactory.getLog(RecordCompletion.class);

	private final RecordSender sender;

	private final FailureHandler failures;

	private final SubscriberMonitor monitor;

	private final String id;

	private final boolean manual;

	private final RecordHandler again;

	/**
	 * Create the completion of a subscriber's records.
	 * @param sender sends what handlers return
	 * @param failures decides what becomes of a record that failed
	 * @param monitor counts
	 * @param endpoint the subscriber
	 * @param again handles a record again from the beginning
	 */
	RecordCompletion(RecordSender sender, FailureHandler failures, SubscriberMonitor monitor,
			SubscriberEndpoint endpoint, RecordHandler again) {
		this.sender = sender;
		this.failures = failures;
		this.monitor = monitor;
		this.id = endpoint.id();
		this.manual = endpoint.delivery().ackPolicy() == AckPolicy.MANUAL;
		this.again = again;
	}

	/**
	 * Complete a record whose handler has returned.
	 * @param record the record
	 * @param delivery what the handler has decided, and published by itself
	 * @param publisher makes records of what it returned
	 * @param value what it returned
	 */
	void returned(InFlightRecord record, Delivery delivery, ReplyPublisher publisher, @Nullable Object value) {
		if (!isDecidedAgainst(record, delivery)) {
			publish(record, delivery, publisher, value);
		}
	}

	/**
	 * Complete a record whose handler has returned something for several.
	 * @param record the record
	 * @param delivery what the handler has decided, and published by itself
	 * @param publisher has made records of what it returned
	 * @param outgoing these records
	 */
	void returned(InFlightRecord record, Delivery delivery, ReplyPublisher publisher,
			List<ProducerRecord<byte[], byte[]>> outgoing) {
		if (!isDecidedAgainst(record, delivery)) {
			send(record, delivery, publisher, outgoing);
		}
	}

	/**
	 * Complete a record whose handler has failed, or has not been reached. The first
	 * decision counts: what was decided before the exception is done.
	 * @param record the record
	 * @param delivery what the handler has decided, and published by itself
	 * @param failure why
	 */
	void failed(InFlightRecord record, Delivery delivery, Throwable failure) {
		RecordControl decision = delivery.decision();
		if (decision != null) {
			this.failures.failedAfterDecision(record, failure);
			decided(record, delivery, decision);
		}
		else if (FailureHandler.cause(failure) instanceof RecordControl control) {
			decided(record, delivery, control);
		}
		else if (!isTakenBack(delivery, failure)) {
			leaveScope(delivery);
			this.failures.failed(record, failure, this.again);
		}
	}

	/**
	 * Go on with a record when it is known whether it can be answered.
	 * @param lookUp ends when that is known
	 * @param record the record
	 * @param next what is done on a thread of its lane then
	 * @return what holds the lane until then
	 */
	CompletionStage<?> resumeAfter(CompletionStage<?> lookUp, InFlightRecord record, RecordHandler next) {
		return lookUp.handle((found, failure) -> {
			if (failure != null) {
				this.failures.sendFailed(record, failure, next);
			}
			else {
				record.resume(next);
			}
			return null;
		});
	}

	private boolean isDecidedAgainst(InFlightRecord record, Delivery delivery) {
		RecordControl decision = delivery.decision();
		if (decision instanceof NackRecord || decision instanceof RejectRecord) {
			decided(record, delivery, decision);
			return true;
		}
		return false;
	}

	private void decided(InFlightRecord record, Delivery delivery, RecordControl decision) {
		if (decision instanceof AckRecord || decision instanceof SkipRecord) {
			awaitPublished(record, delivery, decision);
		}
		else if (!isTakenBack(delivery, decision)) {
			leaveScope(delivery);
			this.failures.decided(record, decision, this.again);
		}
	}

	private void publish(InFlightRecord record, Delivery delivery, ReplyPublisher publisher, @Nullable Object value) {
		try {
			send(record, delivery, publisher, publisher.prepare(delivery, value));
		}
		catch (RecordControl control) {
			decided(record, delivery, control);
		}
		catch (Throwable ex) {
			if (!isTakenBack(delivery, ex)) {
				this.failures.failed(record, ex, (again) -> {
					publish(again, delivery, publisher, value);
					return null;
				});
			}
		}
	}

	private void send(InFlightRecord record, Delivery delivery, ReplyPublisher publisher,
			List<ProducerRecord<byte[], byte[]>> outgoing) {
		if (outgoing.isEmpty()) {
			confirmed(record, delivery);
			return;
		}
		this.sender.send(outgoing, (unsent, failure) -> {
			if (failure == null) {
				confirmed(record, delivery);
				return;
			}
			this.failures.sendFailed(record, failure, (again) -> sendAgain(again, delivery, publisher, unsent));
		});
	}

	// Who has asked for an answer may be gone by now.
	private @Nullable CompletionStage<?> sendAgain(InFlightRecord record, Delivery delivery, ReplyPublisher publisher,
			List<ProducerRecord<byte[], byte[]>> unsent) {
		CompletionStage<?> lookUp = publisher.lookUp(record.record(), unsent);
		if (lookUp != null) {
			return resumeAfter(lookUp, record, (again) -> sendAgain(again, delivery, publisher, unsent));
		}
		send(record, delivery, publisher, unsent);
		return null;
	}

	private void confirmed(InFlightRecord record, Delivery delivery) {
		if (this.manual) {
			delivery.decided().thenAccept((decision) -> decided(record, delivery, decision));
			return;
		}
		awaitPublished(record, delivery, null);
	}

	private void awaitPublished(InFlightRecord record, Delivery delivery, @Nullable RecordControl decision) {
		RecordScope scope = delivery.scope();
		if (scope == null) {
			finish(record, decision);
			return;
		}
		scope.end((unsent, failure) -> published(record, scope, decision, failure));
	}

	private void published(InFlightRecord record, RecordScope scope, @Nullable RecordControl decision,
			@Nullable Throwable failure) {
		if (failure == null) {
			finish(record, decision);
			return;
		}
		this.failures.sendFailed(record, failure, (retried) -> {
			scope.again((unsent, next) -> published(retried, scope, decision, next));
			return null;
		});
	}

	private void finish(InFlightRecord record, @Nullable RecordControl decision) {
		if (decision != null) {
			this.failures.decided(record, decision, this.again);
			return;
		}
		this.monitor.count(Outcome.PROCESSED);
		if (logger.isDebugEnabled()) {
			logger.debug("Subscriber '%s' has handled %s-%d@%d, attempt %d, %d ms after the first began".formatted(
					this.id, record.record().topic(), record.record().partition(), record.record().offset(),
					record.attempt(), record.age().toMillis()));
		}
		record.finish();
	}

	// What was published within a transaction must not be committed when its record has
	// failed.
	private boolean isTakenBack(Delivery delivery, Throwable failure) {
		RecordScope scope = delivery.scope();
		return scope != null && scope.isUsed() && this.sender.takeBack(failure);
	}

	private static void leaveScope(Delivery delivery) {
		RecordScope scope = delivery.scope();
		if (scope != null) {
			scope.leave();
		}
	}

}
