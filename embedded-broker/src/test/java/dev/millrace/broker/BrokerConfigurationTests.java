package dev.millrace.broker;

import java.nio.file.Path;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class BrokerConfigurationTests {

	@Test
	void singleNodeIsItsOwnClusterOnTheLoopbackInterface() {
		Map<String, String> properties = properties(new BrokerSettings(1, 9092, 9093, null, 1, null, Map.of()));

		assertThat(properties).containsEntry("process.roles", "broker,controller")
			.containsEntry("listeners", "PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093")
			.containsEntry("advertised.listeners", "PLAINTEXT://localhost:9092")
			.containsEntry("controller.quorum.voters", "1@localhost:9093")
			.containsEntry("log.dirs", "data");
	}

	@ParameterizedTest
	@CsvSource({ "1, 1, 1", "2, 2, 1", "3, 3, 2", "5, 3, 2" })
	void replicatesAsOftenAsTheClusterAllows(int nodes, String replicas, String inSync) {
		String voters = "1@localhost:9093" + ",2@localhost:9094".repeat(nodes - 1);

		Map<String, String> properties = properties(BrokerSettings.defaults().withNode(1, 9093, voters));

		assertThat(properties).containsEntry("default.replication.factor", replicas)
			.containsEntry("min.insync.replicas", inSync)
			.containsEntry("offsets.topic.replication.factor", replicas)
			.containsEntry("transaction.state.log.replication.factor", replicas)
			.containsEntry("transaction.state.log.min.isr", inSync)
			.containsEntry("share.coordinator.state.topic.replication.factor", replicas)
			.containsEntry("share.coordinator.state.topic.min.isr", inSync);
	}

	@Test
	void directoryOfTheUserHasTheRetentionOfKafka() {
		assertThat(properties(BrokerSettings.defaults().withDataDirectory(Path.of("data"))))
			.doesNotContainKey("log.retention.hours");
	}

	@Test
	void propertiesOfTheUserWin() {
		Map<String, String> properties = properties(BrokerSettings.defaults()
			.withPartitions(3)
			.withProperty("num.partitions", "7")
			.withProperty("message.max.bytes", "42"));

		assertThat(properties).containsEntry("num.partitions", "7").containsEntry("message.max.bytes", "42");
	}

	private static Map<String, String> properties(BrokerSettings settings) {
		return BrokerConfiguration.of(settings, Path.of("data"));
	}

}
