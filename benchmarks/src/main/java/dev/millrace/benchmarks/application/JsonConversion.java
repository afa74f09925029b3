package dev.millrace.benchmarks.application;

import java.util.function.UnaryOperator;

import tools.jackson.databind.json.JsonMapper;

import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Usage;

/**
 * Order to invoice in JSON, for applications that have nothing to do that for them.
 */
final class JsonConversion implements UnaryOperator<byte[]> {

	private final JsonMapper mapper = JsonMapper.builder().build();

	private final Usage usage;

	JsonConversion(Usage usage) {
		this.usage = usage;
	}

	@Override
	public byte[] apply(byte[] order) {
		this.usage.record();
		return this.mapper.writeValueAsBytes(Invoice.of(this.mapper.readValue(order, Order.class)));
	}

}
