package dev.millrace.broker;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BrokerSettingsTests {

	@Test
	void defaultsAreASingleNodeOnAFreePortWithTemporaryData() {
		assertThat(BrokerSettings.defaults()).isEqualTo(new BrokerSettings(1, 0, 0, null, 1, null, Map.of()));
	}

	@Test
	void eachChangeKeepsTheOthers() {
		BrokerSettings settings = BrokerSettings.defaults()
			.withProperty("a", "1")
			.withNode(2, 9093, "1@localhost:9095,2@localhost:9093")
			.withPartitions(3)
			.withDataDirectory(Path.of("data"))
			.withPort(9092)
			.withProperty("b", "2");

		assertThat(settings).isEqualTo(new BrokerSettings(2, 9092, 9093, Path.of("data"), 3,
				"1@localhost:9095,2@localhost:9093", Map.of("a", "1", "b", "2")));
	}

	@Test
	void laterPropertiesReplaceEarlierOnes() {
		assertThat(BrokerSettings.defaults().withProperty("a", "1").withProperty("a", "2").properties())
			.containsExactly(Map.entry("a", "2"));
	}

	@Test
	void refusesLessThanOnePartition() {
		assertThatIllegalArgumentException().isThrownBy(() -> BrokerSettings.defaults().withPartitions(0))
			.withMessageContaining("partitions");
	}

	@Test
	void refusesVotersWithoutAControllerPort() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> BrokerSettings.defaults().withNode(1, 0, "1@localhost:9093"))
			.withMessageContaining("controller port");
	}

}
