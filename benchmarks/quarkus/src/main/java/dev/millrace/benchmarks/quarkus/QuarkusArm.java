package dev.millrace.benchmarks.quarkus;

import java.util.Map;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.quarkus.runtime.annotations.QuarkusMain;
import jakarta.inject.Inject;

import dev.millrace.benchmarks.workload.Arguments;

/**
 * Orders to invoices with Quarkus.
 */
@QuarkusMain
public final class QuarkusArm {

	private QuarkusArm() {
	}

	/**
	 * Runs until it is told to end.
	 * @param values properties
	 */
	public static void main(String[] values) {
		Arguments arguments = new Arguments(values);
		System.setProperty("kafka.bootstrap.servers", arguments.bootstrapServers());
		configure("incoming.orders", Map.of("topic", arguments.get("input"), "group.id", arguments.get("group"),
				"auto.offset.reset", "earliest", "value.deserializer", OrderDeserializer.class.getName()));
		configure("incoming.orders", arguments.consumerProperties());
		// With the key, as all others do
		configure("outgoing.invoices", Map.of("topic", arguments.get("output"), "value.serializer",
				"io.quarkus.kafka.client.serialization.ObjectMapperSerializer", "propagate-record-key", "true"));
		System.setProperty("quarkus.log.level", "WARN");
		Quarkus.run(Application.class, values);
	}

	private static void configure(String channel, Map<String, String> settings) {
		System.setProperty("mp.messaging." + channel + ".connector", "smallrye-kafka");
		settings.forEach((name, value) -> System.setProperty("mp.messaging." + channel + "." + name, value));
	}

	/**
	 * Runs until it is told to end.
	 */
	static class Application implements QuarkusApplication {

		private final Handler handler;

		@Inject
		Application(Handler handler) {
			this.handler = handler;
		}

		@Override
		public int run(String... arguments) {
			this.handler.reportAtEnd();
			return 0;
		}

	}

}
