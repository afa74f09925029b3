package dev.millrace.handler;

import java.time.Duration;
import java.util.List;

import dev.millrace.Acknowledgment;

/**
 * Decides about all records of a batch at once, except for those that have been decided
 * about before.
 */
final class BatchAcknowledgment implements Acknowledgment {

	private final List<Delivery> deliveries;

	BatchAcknowledgment(List<Delivery> deliveries) {
		this.deliveries = deliveries;
	}

	@Override
	public void ack() {
		this.deliveries.forEach(Delivery::ack);
	}

	@Override
	public void nack(Duration delay) {
		this.deliveries.forEach((delivery) -> delivery.nack(delay));
	}

	@Override
	public void reject() {
		this.deliveries.forEach(Delivery::reject);
	}

}
