package dev.millrace.benchmarks.quarkus;

import io.quarkus.runtime.annotations.CommandLineArguments;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.eclipse.microprofile.reactive.messaging.Outgoing;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Usage;
import dev.millrace.benchmarks.workload.Workload;

/**
 * The handler.
 */
@ApplicationScoped
class Handler {

	private final Usage usage;

	@Inject
	Handler(@CommandLineArguments String[] arguments) {
		this.usage = new Usage(Workload.of(new Arguments(arguments)));
	}

	@Incoming("orders")
	@Outgoing("invoices")
	Invoice handle(Order order) {
		this.usage.record();
		return Invoice.of(order);
	}

	void reportAtEnd() {
		this.usage.reportAtEnd();
	}

}
