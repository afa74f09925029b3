package dev.millrace.broker;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BrokerClusterIntegrationTests {

	@Test
	void goesOnWhenOneNodeOfThreeIsKilledAndTakesItBack() {
		try (BrokerCluster cluster = BrokerCluster.start(3, BrokerSettings.defaults().withPartitions(3))) {
			TestClient client = new TestClient(cluster.bootstrapServers());
			client.send("orders", "before");
			assertThat(client.receive("orders", "g", 1)).containsExactly("before");
			assertThat(client.replicas("orders")).containsOnly(3);
			assertThat(client.replicas("__consumer_offsets")).containsOnly(3);

			cluster.node(2).kill();

			client.send("orders", "after");
			assertThat(client.receive("orders", "g", 1)).containsExactly("after");

			cluster.node(2).restart();

			assertThat(client.nodes()).containsExactlyInAnyOrder(1, 2, 3);
		}
	}

	@Test
	void startsNoNodeWhenOneFails() {
		BrokerSettings settings = BrokerSettings.defaults().withProperty("num.io.threads", "many");

		assertThatExceptionOfType(BrokerStartException.class).isThrownBy(() -> BrokerCluster.start(2, settings))
			.withMessageContaining("num.io.threads");

		assertThat(ProcessHandle.current().children())
			.noneMatch((child) -> child.info().commandLine().orElse("").contains(EmbeddedBrokerMain.class.getName()));
	}

}
