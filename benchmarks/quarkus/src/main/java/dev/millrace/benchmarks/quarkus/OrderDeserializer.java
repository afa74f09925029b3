package dev.millrace.benchmarks.quarkus;

import io.quarkus.kafka.client.serialization.ObjectMapperDeserializer;

import dev.millrace.benchmarks.workload.Order;

/**
 * Reads orders.
 */
public final class OrderDeserializer extends ObjectMapperDeserializer<Order> {

	/**
	 * Creates the deserializer; called by Kafka.
	 */
	public OrderDeserializer() {
		super(Order.class);
	}

}
