package dev.millrace.listener;

import org.junit.jupiter.api.Test;

import dev.millrace.Ordering;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Partitions that are lost while the client still has records of them.
 */
class LostPartitionTests {

	private final BrokerModel broker = new BrokerModel();

	private final ListenerFixture application = new ListenerFixture(this.broker,
			ListenerFixture.flow(Ordering.NONE, 10, 6, 3))
		.finishing();

	@Test
	void recordsThatArriveAfterTheirPartitionWasLostAreNeitherHandledNorCommitted() {
		this.application.send(BrokerModel.P0, 1);
		this.application.send(BrokerModel.P1, 1);
		this.application.losePartition(BrokerModel.P0);
		this.application.run();
		this.application.poll();
		assertThat(this.application.handledCoordinates()).containsExactly("1@0");
		assertThat(this.broker.committed).containsOnlyKeys(BrokerModel.P1);
	}

}
