package dev.millrace.broker;

import java.nio.file.Path;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BrokerArgumentsTests {

	@Test
	void listensOnTheDefaultPortOfKafkaWithoutArguments() {
		assertThat(BrokerArguments.parse())
			.isEqualTo(new BrokerArguments(BrokerSettings.defaults().withPort(9092), false));
	}

	@Test
	void readsEachOption() {
		BrokerArguments arguments = BrokerArguments.parse("--voters=1@localhost:9095,2@localhost:9096", "--node-id=2",
				"--controller-port=9096", "--port=9094", "--data-directory=some/where", "--partitions=3", "--property",
				"num.io.threads=2", "--property=broker.rack=a=b", "--stop-on-end-of-input");

		assertThat(arguments).isEqualTo(new BrokerArguments(BrokerSettings.defaults()
			.withPort(9094)
			.withDataDirectory(Path.of("some/where"))
			.withPartitions(3)
			.withNode(2, 9096, "1@localhost:9095,2@localhost:9096")
			.withProperty("num.io.threads", "2")
			.withProperty("broker.rack", "a=b"), true));
	}

	@Test
	void readsWhatItWrites() {
		BrokerArguments arguments = new BrokerArguments(BrokerSettings.defaults()
			.withPort(9094)
			.withDataDirectory(Path.of("some where"))
			.withPartitions(3)
			.withNode(2, 9096, "1@localhost:9095,2@localhost:9096")
			.withProperty("num.io.threads", "2")
			.withProperty("broker.rack", "a=b"), true);

		assertThat(BrokerArguments.parse(arguments.toCommandLine().toArray(String[]::new))).isEqualTo(arguments);
	}

	@ParameterizedTest
	@CsvSource({ "--ports=1, Unknown option '--ports'", "9092, Unknown option '9092'",
			"--port, Option '--port' needs a value", "--port=x, Option '--port' needs a number but has 'x'",
			"--property, Option '--property' needs a value", "--property=x, Option '--property x' needs a value",
			"--partitions=0, partitions must be at least 1 but is 0",
			"--voters=1@localhost:1, A broker with voters needs a controller port" })
	void explainsAnInvalidOption(String argument, String message) {
		assertThatIllegalArgumentException().isThrownBy(() -> BrokerArguments.parse(argument)).withMessage(message);
	}

}
