package dev.millrace.benchmarks.application;

import java.util.function.UnaryOperator;

import tools.jackson.databind.json.JsonMapper;

import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.WaitingHandler;

/**
 * Order to invoice in JSON with some waiting, for applications that have nothing to do
 * the former for them.
 */
final class WaitingConversion implements UnaryOperator<byte[]> {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final WaitingHandler handler;

	WaitingConversion(WaitingHandler handler) {
		this.handler = handler;
	}

	@Override
	public byte[] apply(byte[] order) {
		try {
			return this.mapper.writeValueAsBytes(this.handler.handle(this.mapper.readValue(order, Order.class)));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

}
