package dev.millrace.guarantee;

import java.time.Duration;
import java.util.EnumSet;

import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import dev.millrace.support.TestApplication;
import dev.millrace.support.TestCluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * One key that stands still among a hundred.
 */
@Timeout(120)
class SlowKeyIntegrationTests {

	private static final int WINDOW = 500;

	private static final int POLL = 50;

	@Test
	@DisplayName("14: slow key under the order of keys")
	void otherKeysGoOnUntilTheWindowIsFullAndAllResumeAfterwards() {
		Gates gates = new Gates();
		HandlingLog log = new HandlingLog((handling) -> {
			if (handling.key().equals("key-7")) {
				gates.pass(handling);
			}
		});
		try (Trial trial = new Trial(TestCluster.shared(), 1, Protocol.EAGER, log, "millrace.subscriber.ordering=key",
				"millrace.subscriber.window.high=" + WINDOW, "spring.kafka.consumer.max-poll-records=" + POLL)) {
			TopicPartition partition = new TopicPartition(trial.topic, 0);
			TestApplication member = trial.join("only");
			trial.send(5000, 100);

			// The window is full with 500, or with 507 when the first seven are
			// committed.
			// The poll that fills it may bring more.
			await().atMost(Duration.ofSeconds(20))
				.until(() -> trial.committed() == 7 && member.bean(Positions.class).paused(partition)
						&& member.bean(Positions.class).position(partition) >= WINDOW);
			long position = member.bean(Positions.class).position(partition);
			assertThat(position).isLessThanOrEqualTo(7L + WINDOW + POLL);
			// Of each hundred, all but the one of the slow key; that key's first one
			// runs.
			long slow = (position + 92) / 100;
			trial.awaitHandlings((int) (position - slow + 1));
			await().during(Duration.ofSeconds(2))
				.atMost(Duration.ofSeconds(4))
				.until(() -> log.started() == position - slow + 1 && trial.committed() == 7
						&& member.bean(Positions.class).position(partition) == position
						&& member.bean(Positions.class).paused(partition));

			gates.open();

			trial.awaitDrained();
			await().until(() -> !member.bean(Positions.class).paused(partition));
			Claim.assertHold(trial.history(),
					EnumSet.complementOf(EnumSet.of(Claim.ORDER_OF_A_PARTITION, Claim.ONE_OF_A_PARTITION_AT_A_TIME)));
		}
	}

}
