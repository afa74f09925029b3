package dev.millrace.listener;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;
import dev.millrace.endpoint.FlowSettings;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Commits are not made before their time.
 */
class CommitIntervalTests {

	private final BrokerModel broker = new BrokerModel();

	@Test
	void firstCommitIsAnIntervalAfterTheRecordsThatCameWithTheAssignment() {
		FlowSettings flow = new FlowSettings(Ordering.PARTITION, 1, null, 100, 50, false, Duration.ofHours(1),
				Duration.ofMinutes(5), Duration.ofSeconds(20), null);
		ListenerFixture application = new ListenerFixture(this.broker, flow).finishing();
		application.send(BrokerModel.P0, 3);

		application.pollThatAssigns();
		application.run();
		application.poll();

		assertThat(application.handled).hasSize(3);
		assertThat(this.broker.committed(BrokerModel.P0)).isZero();
		application.revoke();
		assertThat(this.broker.committed(BrokerModel.P0)).isEqualTo(3);
	}

}
