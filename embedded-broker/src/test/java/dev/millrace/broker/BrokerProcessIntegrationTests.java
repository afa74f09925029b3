package dev.millrace.broker;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BrokerProcessIntegrationTests {

	@Test
	void keepsPortAndDataWhenKilledAndRestarted() {
		try (BrokerProcess broker = BrokerProcess.start(BrokerSettings.defaults())) {
			TestClient client = new TestClient(broker.bootstrapServers());
			client.send("orders", "before");
			int port = broker.port();
			long pid = broker.pid();

			broker.kill();
			assertThat(broker.isAlive()).isFalse();
			broker.restart();

			client.send("orders", "after");
			assertThat(broker.isAlive()).isTrue();
			assertThat(broker.port()).isEqualTo(port);
			assertThat(broker.pid()).isNotEqualTo(pid);
			assertThat(client.receive("orders", "g", 2)).containsExactly("before", "after");
		}
	}

	@Test
	void clusterServesWhenOneNodeIsKilled() {
		try (BrokerCluster cluster = BrokerCluster.start(3)) {
			TestClient client = new TestClient(cluster.bootstrapServers());
			client.createTopic("orders", 3, 3);
			client.send("orders", "before");

			cluster.node(2).kill();

			client.send("orders", "after");
			assertThat(client.receive("orders", "g", 2)).containsExactlyInAnyOrder("before", "after");
		}
	}

}
