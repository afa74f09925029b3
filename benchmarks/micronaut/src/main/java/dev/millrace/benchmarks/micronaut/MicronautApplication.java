package dev.millrace.benchmarks.micronaut;

import java.util.HashMap;
import java.util.Map;

import io.micronaut.configuration.kafka.annotation.KafkaKey;
import io.micronaut.configuration.kafka.annotation.KafkaListener;
import io.micronaut.configuration.kafka.annotation.OffsetReset;
import io.micronaut.configuration.kafka.annotation.Topic;
import io.micronaut.context.ApplicationContext;
import io.micronaut.messaging.annotation.MessageBody;
import io.micronaut.messaging.annotation.SendTo;
import io.micronaut.serde.annotation.SerdeImport;

import dev.millrace.benchmarks.workload.Arguments;
import dev.millrace.benchmarks.workload.Invoice;
import dev.millrace.benchmarks.workload.Order;
import dev.millrace.benchmarks.workload.Usage;
import dev.millrace.benchmarks.workload.Workload;

/**
 * Orders to invoices with Micronaut.
 */
@SerdeImport(Order.class)
@SerdeImport(Invoice.class)
public final class MicronautApplication {

	private MicronautApplication() {
	}

	/**
	 * Runs until it is told to end.
	 * @param values properties
	 */
	public static void main(String[] values) {
		Arguments arguments = new Arguments(values);
		Usage usage = new Usage(Workload.of(arguments));
		try (ApplicationContext context = ApplicationContext.builder()
			.properties(properties(arguments))
			.singletons(usage)
			.start()) {
			context.getBean(Handler.class);
			usage.reportAtEnd();
		}
	}

	private static Map<String, Object> properties(Arguments arguments) {
		Map<String, Object> properties = new HashMap<>();
		properties.put("kafka.bootstrap.servers", arguments.bootstrapServers());
		properties.put("benchmark.input", arguments.get("input"));
		properties.put("benchmark.output", arguments.get("output"));
		properties.put("benchmark.group", arguments.get("group"));
		arguments.consumerProperties()
			.forEach((name, value) -> properties.put("kafka.consumers.default." + name, value));
		return properties;
	}

	/**
	 * The handler.
	 */
	@KafkaListener(groupId = "${benchmark.group}", offsetReset = OffsetReset.EARLIEST)
	static class Handler {

		private final Usage usage;

		Handler(Usage usage) {
			this.usage = usage;
		}

		@Topic("${benchmark.input}")
		@SendTo("${benchmark.output}")
		Invoice handle(@KafkaKey String key, @MessageBody Order order) {
			this.usage.record();
			return Invoice.of(order);
		}

	}

}
