package dev.millrace.listener;

import java.util.List;
import java.util.concurrent.CompletionStage;

import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

import dev.millrace.AckPolicy;
import dev.millrace.NackRecord;
import dev.millrace.RecordControl;
import dev.millrace.RejectRecord;
import dev.millrace.dispatch.InFlightRecord;
import dev.millrace.dispatch.RecordHandler;
import dev.millrace.failure.FailureHandler;
import dev.millrace.handler.Deliveries;
import dev.millrace.handler.Delivery;
import dev.millrace.handler.ResultUnwrapper;
import dev.millrace.monitor.Outcome;
import dev.millrace.monitor.SubscriberMonitor;
import dev.millrace.publisher.RecordSender;

/**
 * What happens to each record of a subscriber, in this order and nowhere else: choose the
 * handler, decode, bind, validate, call it, publish what it returned, wait for the
 * broker's confirmation, under {@code MANUAL} wait for the handler's decision, and only
 * then let the offset go. A failure anywhere repeats the step that failed: a handler that
 * has returned is not called again because its result could not be sent. Only a record
 * that waits in a retry topic begins anew.
 */
public final class RecordProcessor implements RecordHandler {

	private final Deliveries deliveries;

	private final HandlerRoutes routes;

	private final RecordSender sender;

	private final FailureHandler failures;

	private final SubscriberMonitor monitor;

	private final boolean manual;

	/**
	 * Create the processor of a subscriber.
	 * @param deliveries make deliveries of records
	 * @param routes choose the handler, which decodes, binds, validates and publishes
	 * @param sender sends them
	 * @param failures decides what becomes of a record that failed
	 * @param monitor counts
	 * @param ackPolicy what finishes a record
	 */
	public RecordProcessor(Deliveries deliveries, HandlerRoutes routes, RecordSender sender, FailureHandler failures,
			SubscriberMonitor monitor, AckPolicy ackPolicy) {
		this.deliveries = deliveries;
		this.routes = routes;
		this.sender = sender;
		this.failures = failures;
		this.monitor = monitor;
		this.manual = ackPolicy == AckPolicy.MANUAL;
	}

	@Override
	public @Nullable CompletionStage<?> handle(InFlightRecord record) {
		Delivery delivery = this.deliveries.of(record.record(), record.attempt());
		try {
			HandlerRoute route = this.routes.select(delivery);
			Object result = ResultUnwrapper.unwrap(route.invoker().invoke(delivery));
			if (result instanceof CompletionStage<?> later) {
				return later.handle((value, failure) -> completed(record, delivery, route, value, failure));
			}
			returned(record, delivery, route, result);
		}
		catch (Throwable ex) {
			failed(record, delivery, ex);
		}
		return null;
	}

	private @Nullable Void completed(InFlightRecord record, Delivery delivery, HandlerRoute route,
			@Nullable Object value, @Nullable Throwable failure) {
		if (failure != null) {
			failed(record, delivery, failure);
		}
		else {
			returned(record, delivery, route, ResultUnwrapper.unwrap(value));
		}
		return null;
	}

	private void returned(InFlightRecord record, Delivery delivery, HandlerRoute route, @Nullable Object value) {
		RecordControl decision = delivery.decision();
		if (decision instanceof NackRecord || decision instanceof RejectRecord) {
			this.failures.decided(record, decision, this);
			return;
		}
		publish(record, delivery, route, value);
	}

	// The first decision counts: what was decided before the exception is done.
	private void failed(InFlightRecord record, Delivery delivery, Throwable failure) {
		RecordControl decision = delivery.decision();
		if (decision != null) {
			this.failures.decidedThenFailed(record, decision, failure, this);
			return;
		}
		this.failures.failed(record, failure, this);
	}

	private void publish(InFlightRecord record, Delivery delivery, HandlerRoute route, @Nullable Object value) {
		try {
			List<ProducerRecord<byte[], byte[]>> outgoing = (value != null)
					? route.publisher().prepare(record.record(), value) : List.of();
			send(record, delivery, outgoing);
		}
		catch (Throwable ex) {
			this.failures.failed(record, ex, (again) -> {
				publish(again, delivery, route, value);
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
			delivery.decided().thenAccept((decision) -> this.failures.decided(record, decision, this));
			return;
		}
		this.monitor.count(Outcome.PROCESSED);
		record.finish();
	}

}
