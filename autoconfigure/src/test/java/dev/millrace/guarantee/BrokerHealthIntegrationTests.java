package dev.millrace.guarantee;

import java.time.Duration;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

import dev.millrace.actuate.BrokerHealthIndicator;
import dev.millrace.autoconfigure.StreamHealthAutoConfiguration;
import dev.millrace.broker.BrokerSettings;
import dev.millrace.broker.EmbeddedBroker;
import dev.millrace.faststream.Behaviour;
import dev.millrace.support.TestApplication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Health of a connection that breaks.
 */
@Timeout(120)
class BrokerHealthIntegrationTests {

	@Test
	@Behaviour(211)
	void connectionIsDownAsLongAsNoBrokerAnswersInTime() {
		TcpProxy network = new TcpProxy();
		EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.defaults()
			.withPort(0)
			.withProperties(Map.of("advertised.listeners", "PLAINTEXT://localhost:" + network.port())));
		network.forwardTo(broker.port());
		try (network; broker) {
			try (TestApplication application = TestApplication.start("localhost:" + network.port(), Checked.class,
					"millrace.health.timeout=2s")) {
				assertThat(health(application).getStatus()).isEqualTo(Status.UP);
				assertThat(health(application).getDetails()).containsKey("clusterId").containsEntry("nodes", 1);

				network.delay(Duration.ofMinutes(5));
				assertThat(health(application).getStatus()).isEqualTo(Status.DOWN);
				assertThat(health(application).getDetails()).extractingByKey("error").asString().contains("Timeout");

				network.cut();
				network.delay(Duration.ZERO);
				assertThat(health(application).getStatus()).isEqualTo(Status.DOWN);

				network.mend();
				await().atMost(Duration.ofSeconds(30)).until(() -> health(application).getStatus().equals(Status.UP));
			}
		}
	}

	@Test
	void checkCanBeSwitchedOff() {
		try (TestApplication application = TestApplication.start(Checked.class,
				"management.health.millrace-broker.enabled=false")) {
			assertThat(application.context().getBeanNamesForType(BrokerHealthIndicator.class)).isEmpty();
			assertThat(application.context().containsBean("millraceLivenessHealthIndicator")).isTrue();
		}
	}

	private static Health health(TestApplication application) {
		Health health = application.bean(BrokerHealthIndicator.class).health();
		assertThat(health).isNotNull();
		return health;
	}

	@ImportAutoConfiguration(StreamHealthAutoConfiguration.class)
	static class Checked {

	}

}
